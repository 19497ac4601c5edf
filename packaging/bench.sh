#!/usr/bin/env bash
# usage: packaging/bench.sh [--quick] [--json FILE] [NAME...]
#        packaging/bench.sh [--json FILE] soak [--for SECONDS]
# Installs what is missing, builds the preset bench, runs the benchmarks one after another, and prints one table.
# Without a NAME all of them but the soak: log filter bulk files datagrams latency periodic sessions ports open_capture capture lookup
# window typing. Under ten minutes.
#   soak         mixed traffic against one engine for so many SECONDS (600): is its memory flat?
#   --quick      shorter rounds: under two minutes, rougher figures
#   --json FILE  where the figures go besides, each round of each (build/bench/results.json)
# Ratios are taken in one run, ours and the baseline in turn. Without a display the window is measured in Xvfb.
# Exit status: 0 when every benchmark ran to its end, whether or not a target was met.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() { sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
wrong() { printf '%s\n' "error: $*" >&2; exit 2; }
default=(log filter bulk files datagrams latency periodic sessions ports open_capture capture lookup window typing)
names=()
quick=()
soak_for=()
json=$SOCKBENCH_ROOT/build/bench/results.json
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=(--quick) ;;
    --json)
      [ $# -gt 1 ] || wrong "--json needs a file"
      json=$2
      shift
      ;;
    --for)
      [[ ${2:-} =~ ^[0-9]+$ ]] || wrong "--for needs a number of seconds"
      soak_for=(--for "$2")
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *)
      case " ${default[*]} soak " in
        *" $1 "*) names+=("$1") ;;
        *) wrong "no benchmark '$1'; there are: ${default[*]} soak" ;;
      esac
      ;;
  esac
  shift
done
[ "${#names[@]}" -gt 0 ] || names=("${default[@]}")

# Others' work slows both sides of a ratio, but not evenly. Read before anything is built.
read -r SOCKBENCH_BENCH_LOAD _ </proc/loadavg
export SOCKBENCH_BENCH_LOAD
busy() { awk -v load="$SOCKBENCH_BENCH_LOAD" -v cores="$(nproc)" 'BEGIN { exit !(load > cores / 4) }'; }

setup build run bench
configure_and_build bench
programs=$SOCKBENCH_ROOT/build/bench/tests/bench
results=$(mktemp)
xserver=
# The X server has this one child's process id.
tidy_up() {
  rm -f "$results"
  [ -z "$xserver" ] || kill "$xserver" 2>/dev/null || true
}
trap tidy_up EXIT

# Sets DISPLAY to an X server of our own, or else has Qt paint off-screen.
display_for_window() {
  local number
  [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] || return 0
  if ! command -v Xvfb >/dev/null 2>&1; then
    export QT_QPA_PLATFORM=offscreen
    return 0
  fi
  coproc XVFB { exec Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp 2>/dev/null; }
  xserver=$XVFB_PID
  read -r -t 20 number <&"${XVFB[0]}" || die "Xvfb did not start"
  export DISPLAY=:$number
}

arguments_of() {
  case $1 in
    soak) printf '%s\n' ${soak_for[@]+"${soak_for[@]}"} ;;
    *) printf '%s\n' ${quick[@]+"${quick[@]}"} ;;
  esac
}

if busy; then
  say "the machine is busy (load average $SOCKBENCH_BENCH_LOAD on $(nproc) cores): the figures will be rough"
fi
failed=()
for name in "${names[@]}"; do
  say "running $name"
  case $name in lookup | window | typing) display_for_window ;; esac
  # shellcheck disable=SC2046  # words on purpose
  timeout --kill-after=5 $((600 + ${soak_for[1]:-600})) "$programs/bench_$name" $(arguments_of "$name") >>"$results" ||
    failed+=("$name")
done
"$programs/bench_table" "$results" "$json"
say "each round of each is in $json"
[ "${#failed[@]}" = 0 ] || die "did not run to the end: ${failed[*]}"
