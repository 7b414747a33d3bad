#!/bin/sh
# install.sh PYTHON: the developer's packages into the environment of that Python, and this project as editable.
#
# They are exactly those of dev.lock, each known by its hash. Where one of them is not to be had (a mirror that lags
# behind, a machine without a wheel for it), the newest that pyproject.toml allows are taken and this is said; with
# LOCK=strict that is an error, as a file with another hash always is.
set -u
cd "$(dirname "$0")/.." || exit 1
python=$1
messages=$(mktemp) || exit 1
trap 'rm -f "$messages"' EXIT

pip() {
  "$python" -m pip install --quiet --disable-pip-version-check "$@"
}

if pip --require-hashes --requirement requirements/dev.lock 2> "$messages"; then
  pip --no-deps --no-build-isolation --editable .
  exit
fi
cat "$messages" >&2
if [ "${LOCK:-}" = strict ] || grep -q 'DO NOT MATCH THE HASHES' "$messages"; then
  echo '没有按 requirements/dev.lock 装上（见上），已停止。' >&2
  exit 1
fi
echo '没有按 requirements/dev.lock 装上（见上），改装 pyproject.toml 允许的最新版本；要求一致时用 make LOCK=strict。' >&2
pip --editable '.[dev]'
