// Compiles the Python files of archives with the very Python that will run them; called by `make page`.
//
// node compile.mjs FROM TO [FROM TO …]

import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.runPython(`
import io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def compiled(archive):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist()):
            data = given.read(name)
            if name.endswith(".py"):
                # Never checked against a source, which is not there.
                data = _code_to_hash_pyc(compile(data, name, "exec"), b"\\0" * 8, False)
                name += "c"
            made.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
`);
const compiled = python.globals.get("compiled");

const names = process.argv.slice(2);
for (let index = 0; index < names.length; index += 2) {
  const made = compiled(new Uint8Array(readFileSync(names[index])));
  writeFileSync(names[index + 1], made.toJs());
}
