#!/bin/sh
# Sends the same generated campaigns through one process, GNU parallel and local Spark, and says how long each took.
#
#     examples/measure.sh [COUNT] [KILOBYTES]
#
# PRESEND names the binary, PYTHON the Python that has PySpark (Spark is left out where it has none). Everything is
# written to a new folder below TMPDIR, which is removed at the end. The answers must be the same bytes each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
count=${1:-100000} kilobytes=${2:-10}
PRESEND=${PRESEND:-presend} PYTHON=${PYTHON:-python3}
export PRESEND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"

"$PYTHON" "$here/campaigns.py" "$count" --kilobytes "$kilobytes" > records.jsonl
echo "$count campaigns, $(wc -c < records.jsonl) bytes, $(nproc) processors, $("$PRESEND" --version)"

timed() {
    name=$1
    shift
    begin=$(date +%s.%N)
    "$@"
    end=$(date +%s.%N)
    awk -v n="$name" -v c="$count" -v b="$begin" -v e="$end" 'BEGIN { printf "%-28s %8.1f s %8.0f a second\n", n, e - b, c / (e - b) }'
}
one() { "$PRESEND" stream --threads "$1" --exit-zero < records.jsonl > "one-$1.jsonl"; }
parallel_() { "$here/parallel.sh" < records.jsonl > parallel.jsonl; }
spark() { "$PYTHON" "$here/spark.py" records.jsonl "$folder/spark" > spark.txt 2> spark.err || { tail -5 spark.err; return 1; }; }
# a record has another number in each process
unnumbered() { sed 's/,"record":[0-9]*,/,/' "$@"; }

timed "one process, one thread" one 1
timed "one process, all threads" one "$(nproc)"
cmp one-1.jsonl "one-$(nproc).jsonl"
unnumbered one-1.jsonl > wanted
if command -v parallel > /dev/null; then
    timed "GNU parallel" parallel_
    unnumbered parallel.jsonl | cmp - wanted
fi
if "$PYTHON" -c 'import pyspark' 2> spark.err; then
    timed "Spark, local" spark
    unnumbered spark/part-* | cmp - wanted
    cat spark.txt
fi
echo "the answers are the same"
