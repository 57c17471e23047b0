#!/bin/sh
# Sends the same generated campaigns through one process, GNU parallel and local Spark, and says how long each took.
#
#     examples/measure.sh [COUNT] [KILOBYTES]
#
# PRESEND names the binary, PYTHON the Python that has PySpark, and pandas and pyarrow for one of the two ways (what is not
# there is left out and named). Everything is written to a new folder below TMPDIR, which is removed at the end; of the
# answers, which may be larger than the campaigns, one set at a time. They must be the same bytes each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
count=${1:-100000} kilobytes=${2:-10}
PRESEND=${PRESEND:-presend} PYTHON=${PYTHON:-python3}
# Spark's workers take another Python unless told
export PRESEND PYSPARK_PYTHON="$PYTHON"
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
    load=$(cut -d' ' -f1-2 /proc/loadavg 2> /dev/null || echo "not known")
    awk -v n="$name" -v c="$count" -v b="$begin" -v e="$end" -v l="$load" \
        'BEGIN { printf "%-28s %8.1f s %8.0f a second   (load %s)\n", n, e - b, c / (e - b), l }'
}
one() { "$PRESEND" stream --threads "$1" --exit-zero < records.jsonl > answers.jsonl; }
parallel_() { "$here/parallel.sh" < records.jsonl > answers.jsonl; }
spark() { "$PYTHON" "$here/spark.py" records.jsonl "$folder/spark" "$1" > spark.txt 2> spark.err || { grep -m 5 -i error spark.err; return 1; }; }
# same FILE...: the answers are those of the first that were given, whose number in its process aside
same() {
    sum=$(sed 's/,"record":[0-9]*,/,/' "$@" | cksum)
    [ "${wanted:=$sum}" = "$sum" ] || { echo "other answers: $*"; exit 1; }
    rm -rf "$@"
}

timed "one process, one thread" one 1
echo "  answers: $(wc -c < answers.jsonl) bytes"
same answers.jsonl
timed "one process, all threads" one "$(nproc)"
same answers.jsonl
if command -v parallel > /dev/null; then
    timed "GNU parallel" parallel_
    same answers.jsonl
else
    echo "GNU parallel: not here"
fi
for way in pipe:pyspark pandas:pyspark,pandas,pyarrow; do
    if "$PYTHON" -c "import ${way#*:}" 2> spark.err; then
        timed "Spark, local, ${way%:*}" spark "${way%:*}"
        sed 's/^/  /' spark.txt
        same spark/part-*
        rm -rf spark
    else
        echo "Spark, ${way%:*}: not here: $(tail -1 spark.err)"
    fi
done
echo "the answers are the same"
