#!/usr/bin/env bash
# Builds the worker over ONNX Runtime's C API. usage: examples/workers/c/build.sh OUTPUT [PACKAGE]
#   OUTPUT    the program to write
#   PACKAGE   the unpacked NuGet package Microsoft.ML.OnnxRuntime; default: the newest one in the NuGet cache (`dotnet build src/Worker` puts it there)
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
usage="usage: build.sh OUTPUT [PACKAGE]"
case "${1:-}" in
  -h | --help) echo "$usage"; exit 0 ;;
  "" | -*) echo "$usage" >&2; exit 2 ;;
esac
if [[ -d "$1" ]]; then echo "build.sh: $1 is a folder; name the program to write, such as ${1%/}/ort-c-worker" >&2; exit 2; fi
output="$1"
package="${2:-$(printf '%s\n' "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/microsoft.ml.onnxruntime/*/ | sort -V | tail -1)}"
case "$(uname -m)" in aarch64 | arm64) system=linux-arm64 ;; *) system=linux-x64 ;; esac
header="$package/build/native/include"
library="$(cd -- "$package/runtimes/$system/native" && pwd)/libonnxruntime.so"
version="$(basename "$package")"
"${CC:-cc}" -std=gnu11 -O2 -Wall -Wextra -Werror -I "$header" -DORT_LIBRARY="\"$library\"" -DORT_VERSION="\"$version\"" "$here/worker.c" -o "$output" -ldl -lm -lpthread
