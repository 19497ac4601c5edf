#!/usr/bin/env bash
# usage: packaging/setup.sh [GROUP...]
# Installs what is missing of these groups of packages.txt (build, run, test, bench, wayland); without one, of all that
# building, running and testing need.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for group in "$@"; do
  [ -n "$(packages_of "$group")" ] || { echo "error: no group '$group' in packaging/packages.txt" >&2; exit 2; }
done
if [ $# -gt 0 ]; then setup "$@"; else setup build run test; fi
say "everything that is needed is installed"
