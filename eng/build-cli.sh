#!/usr/bin/env bash
# Builds the command line when a source file is newer than the last build; silent unless it fails.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
built="$root/src/Cli/bin/Release/net10.0/.built"

if [ -f "$built" ] && [ -z "$(find "$root/src" "$root/eng" "$root"/*.props "$root/global.json" "$root/.editorconfig" "$root/BannedSymbols.txt" \
    \( -name bin -o -name obj \) -prune -o -type f -newer "$built" -print -quit)" ]; then
  exit 0
fi

# Two terminals may start at once: one builds, the other waits.
mkdir -p "$root/src/Cli/obj"
exec 9>"$root/src/Cli/obj/.build-lock"
flock 9
echo "fleetmark: building (first time about a minute)…" >&2
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
if ! dotnet build "$root/src/Cli/Cli.csproj" --configuration Release --verbosity quiet --nologo >"$log" 2>&1; then
  cat "$log" >&2
  echo "fleetmark: the build failed; the lines above say why" >&2
  exit 1
fi
touch "$built"
