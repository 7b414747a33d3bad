// Compiles the Python files of archives with the very Python that will run them; called by `make page`.
//
// node compile.mjs FROM TO

import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.runPython(`
import ast, io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def without_docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            # Behind it \`from __future__\` may stand, which only a docstring may precede.
            node.body[:1] = [] if node.body[1:] else [ast.copy_location(ast.Pass(), node.body[0])]

def compiled(archive):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist()):
            data = given.read(name)
            if name.endswith(".py"):
                tree = ast.parse(data, name)
                if not name.startswith(("_pyodide/", "pyodide/")):  # these use theirs
                    without_docstrings(tree)
                # Never checked against a source, which is not there.
                data = _code_to_hash_pyc(compile(tree, name, "exec"), b"\\0" * 8, False)
                name += "c"
            made.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
`);
const [, , from, to] = process.argv;
const made = python.globals.get("compiled")(new Uint8Array(readFileSync(from)));
writeFileSync(to, made.toJs());
