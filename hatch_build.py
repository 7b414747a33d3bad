"""Build hook: the wheel carries its rules compiled, and a bill of what it is made of.

So the first check is as quick as every other one, and whoever installs the wheel can see what comes with it (PEP 770).
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelContents(BuildHookInterface[Any]):
    """Writes what is not in the checkout, for the build to pack; an editable install needs none of it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the bill and the compiled rules."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        self._folder = TemporaryDirectory()
        from quality.sbom import write  # noqa: PLC0415  # of the source that is built

        build_data["sbom_files"].append(write(self.metadata, self._folder.name))
        self._compile_rules(build_data)

    def _compile_rules(self, build_data: dict[str, Any]) -> None:
        """Compile the rules of every profile, and refuse rules that find nothing in their own examples."""
        from checker.rulebook.store import shipped_files  # noqa: PLC0415  # as above
        from checker.workbench.verify import verify  # noqa: PLC0415  # likewise

        faults = verify((), strict=False).faults
        if faults:
            raise ValueError("\n".join(map(str, faults)))
        for name, data in shipped_files():
            path = Path(self._folder.name, name)
            path.write_bytes(data)
            build_data["force_include"][str(path)] = f"checker/rules/compiled/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear away what was packed."""
        del build_data, artifact_path
        if version != "editable":
            self._folder.cleanup()
