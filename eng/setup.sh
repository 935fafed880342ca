#!/usr/bin/env bash
# Makes sure that what Fleetmark needs on this machine is there. usage: eng/setup.sh run|test
#   run   the .NET SDK and PostgreSQL 15 or newer
#   test  the same, Python 3 and a C compiler for the workers of examples/, and the ONNX checker for Python; where that one cannot be installed from here, the test that
#         asks it is skipped
# As root on Debian or Ubuntu it installs what is missing and says so in one line; elsewhere it prints the command and stops.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
purpose="${1:-run}"
case "$purpose" in run | test) ;; *) echo "usage: eng/setup.sh run|test" >&2; exit 2 ;; esac

need_sdk() {
  local wanted
  wanted="$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$root/global.json")"
  if ! command -v dotnet >/dev/null; then
    echo "fleetmark: the .NET SDK $wanted is missing; install it from https://dotnet.microsoft.com/download/dotnet/$wanted and run this again" >&2
    exit 2
  fi
  if ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
    echo "fleetmark: the .NET SDK on this machine is not the one global.json asks for ($(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json") or a later patch); found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')" >&2
    exit 2
  fi
}

# PostgreSQL's server programs, wherever distributions put them.
has_postgres() {
  if [ "$purpose" = run ] && [ -n "${FLEETMARK_DATABASE:-}${FLEETMARK_DATABASE_FILE:-}" ]; then return 0; fi
  [ -n "${FLEETMARK_PG_BIN:-}" ] && [ -x "$FLEETMARK_PG_BIN/initdb" ] && return 0
  command -v initdb >/dev/null && return 0
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return 0
  compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null && return 0
  return 1
}

install_debian() {
  echo "fleetmark: installing $* with apt-get" >&2
  local log
  log="$(mktemp)"
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y "$@"; } >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "fleetmark: apt-get could not install $*; the lines above say why" >&2
    exit 2
  fi
  rm -f "$log"
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

need_postgres() {
  has_postgres && return 0
  if can_install; then
    # The package would start a server of its own; Fleetmark starts a private one.
    mkdir -p /etc/postgresql-common
    if [ ! -f /etc/postgresql-common/createcluster.conf ]; then
      echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    install_debian postgresql
  elif command -v apt-get >/dev/null; then
    echo "fleetmark: PostgreSQL is missing; run: sudo apt-get install postgresql   (or set FLEETMARK_DATABASE)" >&2
    exit 2
  elif command -v dnf >/dev/null; then
    echo "fleetmark: PostgreSQL is missing; run: sudo dnf install postgresql-server   (or set FLEETMARK_DATABASE)" >&2
    exit 2
  elif command -v brew >/dev/null; then
    echo "fleetmark: PostgreSQL is missing; run: brew install postgresql   (or set FLEETMARK_DATABASE)" >&2
    exit 2
  else
    echo "fleetmark: PostgreSQL 15 or newer is missing; install it (initdb, pg_ctl, postgres on PATH) or set FLEETMARK_DATABASE" >&2
    exit 2
  fi
}

# The workers of examples/ are tested as anybody would build and run them.
need_examples() {
  local missing=()
  command -v python3 >/dev/null || missing+=(python3)
  if ! echo '#include <stdio.h>' | "${CC:-cc}" -E - >/dev/null 2>&1; then missing+=(gcc libc6-dev); fi
  if [ "${#missing[@]}" -eq 0 ]; then return 0; fi
  if can_install; then
    install_debian "${missing[@]}"
  else
    echo "fleetmark: Python 3 or a C compiler with its headers is missing; on Debian or Ubuntu run: sudo apt-get install ${missing[*]}" >&2
    exit 2
  fi
}

want_onnx_checker() {
  [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import onnx' 2>/dev/null && return 0
  if can_install; then install_debian python3-onnx; fi
}

need_sdk
need_postgres
if [ "$purpose" = test ]; then
  need_examples
  want_onnx_checker
fi
