#!/usr/bin/env bash
# What action.yml runs: `plainproof gate` with the inputs of the action, which come as variables. The exit code
# is that of the gate; the paths of the reports are the step's outputs, written before it in any case.
set -euo pipefail

folder=${PLAINPROOF_REPORTS:-plainproof-reports}
mkdir -p "$folder"

arguments=(gate)
[ -z "${PLAINPROOF_CONFIG:-}" ] || arguments+=("$PLAINPROOF_CONFIG")
arguments+=(--json "$folder/gate.json" --junit "$folder/gate.xml" --sarif "$folder/gate.sarif")
arguments+=(--failure "$folder/failure")
[ -z "${PLAINPROOF_SHARD:-}" ] || arguments+=(--shard "$PLAINPROOF_SHARD")
[ -z "${PLAINPROOF_BASELINE:-}" ] || arguments+=(--baseline "$PLAINPROOF_BASELINE")
read -r -a more <<<"${PLAINPROOF_ARGUMENTS:-}" || true
arguments+=(${more[@]+"${more[@]}"})

{
  echo "json=$folder/gate.json"
  echo "junit=$folder/gate.xml"
  echo "sarif=$folder/gate.sarif"
} >>"${GITHUB_OUTPUT:-/dev/null}"

if [ -n "${PLAINPROOF_VERSION:-}" ]; then
  exec npx --yes "plainproof@$PLAINPROOF_VERSION" "${arguments[@]}"
fi
exec npx --no-install plainproof "${arguments[@]}"
