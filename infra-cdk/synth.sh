#!/usr/bin/env bash
# synth.sh OUTDIR [-c name=value ...]: what `cdk deploy` would deploy, without an account. Needs Node, Maven's build of
# this module and functions.zip.
set -euo pipefail
out=$(mkdir -p "$1" && cd "$1" && pwd -P)
shift
cd "$(dirname "${BASH_SOURCE[0]}")"
npx --yes aws-cdk@2.1148.1 synth --quiet --no-version-reporting --output "$out" "$@"
ls "$out"/*.template.json
