#!/usr/bin/env bash
# Everything the tests need, then all tests: restore, build, format, tests. Ends with one line "N passed, N failed, N skipped".
# usage: ./test.sh [FILTER]     FILTER: a part of a test project's name, such as Storage
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

projects=()
for folder in tests/*/; do
  name="$(basename "$folder")"
  # The rest holds no tests: fixtures, fake programs, benchmarks. The rule is that of tests/Directory.Build.props.
  case "$name" in *.Tests | Architecture | EndToEnd) ;; *) continue ;; esac
  if [ $# -eq 0 ] || [[ "$name" == *"$1"* ]]; then projects+=("$name"); fi
done
if [ ${#projects[@]} -eq 0 ]; then
  echo "no test project has '${1:-}' in its name; see tests/" >&2
  exit 2
fi

eng/setup.sh test
dotnet build Orchestrator.sln --configuration Release --verbosity quiet --nologo
if [ $# -eq 0 ]; then dotnet format Orchestrator.sln --no-restore --verify-no-changes; fi

passed=0 failed=0 skipped=0 status=0
for name in "${projects[@]}"; do
  assembly="tests/$name/bin/Release/net10.0/Fleetmark.$name.dll"
  echo "== $name"
  if [ ! -f "$assembly" ]; then
    echo "$name was not built: there is no $assembly; is it part of Orchestrator.sln?"
    failed=$((failed + 1)) status=1
    continue
  fi
  out="$(mktemp)"
  # The runner's exit code counts as well: a crash prints no summary.
  if dotnet "$assembly" -noLogo -noColor 2>&1 | tee "$out"; then :; else status=1; fi
  total="$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' "$out" | tail -1)"
  errors="$(sed -nE 's/.*Errors: ([0-9]+).*/\1/p' "$out" | tail -1)"
  fails="$(sed -nE 's/.*Failed: ([0-9]+).*/\1/p' "$out" | tail -1)"
  skips="$(sed -nE 's/.*Skipped: ([0-9]+).*/\1/p' "$out" | tail -1)"
  rm -f "$out"
  if [ -z "$total" ]; then
    echo "$name printed no summary: its run did not end"
    failed=$((failed + 1)) status=1
    continue
  fi
  failed=$((failed + fails + errors))
  skipped=$((skipped + skips))
  passed=$((passed + total - fails - skips))
done

if [ "$failed" -gt 0 ]; then status=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
