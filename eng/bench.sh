#!/usr/bin/env bash
# Runs a benchmark of tests/Benchmarks: a ratio against a named rival within one run. usage: eng/bench.sh NAME [--json]
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
dotnet build "$root/tests/Benchmarks/Benchmarks.csproj" --configuration Release --verbosity quiet --nologo >&2
# The harness is measured under the knobs of .NET that src/Worker/Worker.csproj sets for a launch.
if [[ " $* " == *" harness "* ]]; then export DOTNET_TieredPGO=0 DOTNET_gcConcurrent=0 DOTNET_gcServer=0; fi
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Fleetmark.Benchmarks.dll" "$@"
