// Imports every module of the checker, so that nothing which the page needs has been left out; called by `make page`.
//
// node import_all.mjs STANDARD_LIBRARY CHECKER

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [, , library, checker] = process.argv;
const python = await loadPyodide({ stdLibURL: library });
python.unpackArchive(new Uint8Array(readFileSync(checker)), "zip", { extractDir: "/checker" });
const missing = python.runPython(`
import sys, pkgutil
from importlib import import_module
sys.path.insert(0, "/checker")
import checker

# Libraries that are not there on purpose, each imported where it is used only if that can be.
ELSEWHERE = {"click", "jsonschema", "re2", "regex", "rich", "selectolax", "xlsxwriter", "yaml"}
missing = []
for module in pkgutil.walk_packages(checker.__path__, "checker."):
    try:
        import_module(module.name)
    except ModuleNotFoundError as error:
        if error.name.partition(".")[0] not in ELSEWHERE:
            missing.append(f"{module.name}: {error}")
"\\n".join(missing)
`);
if (missing) {
  console.error(missing);
  process.exit(1);
}
