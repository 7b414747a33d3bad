#!/usr/bin/env bash
# The step of action.yml: one run, annotations to the log, the other formats to files.
# Inputs come as environment variables, one value a line, so that nothing in them is run as a command.
set -uo pipefail

folder="${RUNNER_TEMP:-.}/nianbao"
mkdir -p "$folder"

arguments=(check --no-color --allow-none --fail-on "${CHECK_FAIL_ON:-error}")
# Only a configuration that is named counts: one that lies among what is checked could hide its faults.
if [[ -n "${CHECK_CONFIG:-}" ]]; then arguments+=(--config "$CHECK_CONFIG"); else arguments+=(--no-config); fi
[[ -n "${CHECK_MAX_WARNINGS:-}" ]] && arguments+=(--max-warnings "$CHECK_MAX_WARNINGS")
[[ -n "${CHECK_CHANGED_SINCE:-}" ]] && arguments+=(--changed-since "$CHECK_CHANGED_SINCE")
while IFS= read -r option; do
  [[ -n "$option" ]] && arguments+=("$option")
done <<< "${CHECK_OPTIONS:-}"
for format in json sarif html markdown; do
  arguments+=(--format "$format" --output "$folder/result.$format")
done
arguments+=(--format github --)
while IFS= read -r path; do
  [[ -n "$path" ]] && arguments+=("$path")
done <<< "${CHECK_PATHS:-.}"

checker "${arguments[@]}"
code=$?

[[ -f "$folder/result.markdown" && -n "${GITHUB_STEP_SUMMARY:-}" ]] && cat "$folder/result.markdown" >> "$GITHUB_STEP_SUMMARY"
if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
  for format in json sarif html; do
    echo "$format=$folder/result.$format" >> "$GITHUB_OUTPUT"
  done
fi
exit "$code"
