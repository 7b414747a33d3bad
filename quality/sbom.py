"""What the checker is made of (SBOM, CycloneDX 1.6), from the lock file and docs/licences.md, without a network.

`hatch_build.py` puts it into every wheel; `python -m quality.sbom` prints it. The same files give the same bytes.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from hatchling.builders.wheel import WheelBuilder
from hatchling.metadata.core import ProjectMetadata

from quality.dependencies import Licences, Locked, read_licences, read_lock

ROOT: Final = Path(__file__).resolve().parents[1]
NAME: Final = "sbom.cdx.json"
_SPACE: Final = uuid.UUID("8a6e0804-2bd0-4672-b79d-d97027f9071a")
"""Any fixed one: CycloneDX's serial numbers are made in it from the content."""


def bill(project: Mapping[str, str], packages: Sequence[Locked], licences: Licences) -> dict[str, Any]:
    """The bill of materials.

    Args:
        project: `name`, `version` and `licence` of what is built.
        packages: what it needs, as locked.
        licences: what they may be used under.
    """
    # Not `pkg:pypi/…`: that would say that it comes from the public index.
    itself = f"pkg:generic/{project['name']}@{project['version']}"
    asked = {one.name: [_reference(two) for two in packages if one.name in two.parents] for one in packages}
    direct = [_reference(one) for one in packages if project["name"] in one.parents]
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": project["name"],
                "version": project["version"],
                "licenses": _licence(project["licence"]),
                "purl": itself,
            }
        },
        "components": [_component(one, licences) for one in packages],
        "dependencies": [
            {"ref": itself, "dependsOn": direct},
            *({"ref": _reference(one), "dependsOn": asked[one.name]} for one in packages),
        ],
    }
    serial = uuid.uuid5(_SPACE, json.dumps(content, ensure_ascii=False, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "serialNumber": serial.urn,
        **content,
    }


def _reference(package: Locked) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def _component(package: Locked, licences: Licences) -> dict[str, Any]:
    inside = [
        {
            "type": "library",
            "bom-ref": f"{_reference(package)}#{name}",
            "name": name,
            "licenses": _licence(expression),
        }
        for owner, name, expression in licences.bundled
        if owner == package.name
    ]
    return {
        "type": "library",
        "bom-ref": _reference(package),
        "name": package.name,
        "version": package.version,
        "licenses": _licence(licences.needed[package.name]),
        "purl": _reference(package),
        **({"properties": [{"name": "python:marker", "value": package.marker}]} if package.marker else {}),
        **({"components": inside} if inside else {}),
    }


def _licence(expression: str) -> list[dict[str, Any]]:
    return [{"expression": expression}]


def of_project(metadata: ProjectMetadata[Any]) -> str:
    """The bill of this project as JSON text.

    Args:
        metadata: the project's, as hatchling reads them.
    """
    core = metadata.core
    project = {"name": core.name, "version": metadata.version, "licence": core.license_expression}
    licences = read_licences(ROOT / "docs" / "licences.md")
    content = bill(project, read_lock(ROOT / "requirements" / "run.lock"), licences)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write(metadata: ProjectMetadata[Any], folder: str) -> str:
    """Write the bill of this project into a folder; returns its path, for the build's `sbom_files`."""
    file = Path(folder, NAME)
    file.write_text(of_project(metadata), encoding="utf-8")
    return str(file)


if __name__ == "__main__":
    sys.stdout.write(of_project(WheelBuilder(str(ROOT)).metadata))
