#!/usr/bin/env bash
# usage: packaging/bench.sh [--quick] [--json FILE] [NAME...]
# Installs what is missing, builds the preset bench, runs the benchmarks (log bulk datagrams latency sessions) one after another,
# and prints one table. Without a NAME all of them, in under eight minutes.
#   --quick      shorter rounds: under two minutes, rougher figures
#   --json FILE  where the figures go besides, each round of each (build/bench/results.json)
# Ratios are taken in one run, ours and the baseline in turn. Exit status: 0 when every benchmark ran to its end,
# whether or not a target was met.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
known=(log bulk datagrams latency sessions)
names=()
quick=()
json=$SOCKBENCH_ROOT/build/bench/results.json
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=(--quick) ;;
    --json)
      [ $# -gt 1 ] || { echo "error: --json needs a file" >&2; exit 2; }
      json=$2
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *)
      case " ${known[*]} " in
        *" $1 "*) names+=("$1") ;;
        *) echo "error: no benchmark '$1'; there are: ${known[*]}" >&2; exit 2 ;;
      esac
      ;;
  esac
  shift
done
[ "${#names[@]}" -gt 0 ] || names=("${known[@]}")

setup build run bench
configure_and_build bench
programs=$SOCKBENCH_ROOT/build/bench/tests/bench

# Others' work slows both sides of a ratio, but not evenly.
read -r SOCKBENCH_BENCH_LOAD _ </proc/loadavg
export SOCKBENCH_BENCH_LOAD
awk -v load="$SOCKBENCH_BENCH_LOAD" -v cores="$(nproc)" 'BEGIN { exit !(load > cores / 4) }' &&
  say "the machine is busy (load average $SOCKBENCH_BENCH_LOAD on $(nproc) cores): the figures will be rough"

results=$(mktemp)
trap 'rm -f "$results"' EXIT
failed=()
for name in "${names[@]}"; do
  say "running $name"
  timeout --kill-after=5 600 "$programs/bench_$name" ${quick[@]+"${quick[@]}"} >>"$results" || failed+=("$name")
done
"$programs/bench_table" "$results" "$json"
say "each round of each is in $json"
[ "${#failed[@]}" = 0 ] || die "did not run to the end: ${failed[*]}"
