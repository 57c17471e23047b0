#!/usr/bin/env python3
"""Checks records with Spark: each partition goes through one `presend stream` process.

    spark-submit examples/spark.py RECORDS.jsonl ANSWERS_FOLDER [pipe|pandas]
    PRESEND=/usr/local/bin/presend python3 examples/spark.py RECORDS.jsonl ANSWERS_FOLDER     (PySpark from PyPI, Java 17)

`pipe` lets Spark itself write a partition's records to the process and read the answers: the shortest way. `pandas`
does it in `mapInPandas`, where records come as a column of a data frame, from whatever table they lie in; it needs
pandas and pyarrow. A campaign that is denied, or a record that is broken, must not fail the job: exit codes 0, 1 and 2
all mean that every record has its answer, so they are not looked at; the answers are counted in their place.
"""

import os
import subprocess
import sys
import threading
import time

from pyspark.sql import SparkSession

# Spark runs as many tasks as there are cores, so one thread each is enough
COMMAND = [os.environ.get("PRESEND", "presend"), "stream", "--threads", "1"]
# what of an answer is counted at the end
COUNTED = "summary struct<deny: bigint, warn: bigint>, errors array<struct<message: string>>"


def through_pipe(spark, records, answers):
    spark.sparkContext.textFile(records).pipe(" ".join(COMMAND)).saveAsTextFile(answers)


def through_pandas(spark, records, answers):
    # 1,000 records of 10 KB are 10 MB: Spark's own 10,000 would be held in memory several times over
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    # as many partitions as `textFile` makes, so that the last ones are shared by all cores
    spark.conf.set("spark.sql.files.maxPartitionBytes", "32m")
    spark.read.text(records).mapInPandas(check, "answer string").write.text(answers)


def check(frames):
    """One process for a partition: each data frame's records go in, as many answers come out."""
    import pandas

    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def feed(lines):
            for line in lines:
                process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()

        for frame in frames:
            # both pipes are short: who only writes waits for ever
            writer = threading.Thread(target=feed, args=(frame["value"],))
            writer.start()
            answers = [process.stdout.readline().decode().rstrip("\n") for _ in range(len(frame))]
            writer.join()
            yield pandas.DataFrame({"answer": answers})
        process.stdin.close()


def main(records, answers, way="pipe"):
    spark = SparkSession.builder.appName("presend").getOrCreate()
    begin = time.monotonic()
    {"pipe": through_pipe, "pandas": through_pandas}[way](spark, records, answers)
    print(f"checked in {time.monotonic() - begin:.1f} s, without Spark's own start")

    wanted, found = spark.read.text(records).count(), spark.read.schema(COUNTED).json(answers)
    counts = found.selectExpr(
        "count(*) as answers",
        "sum(summary.deny) as deny",
        "sum(summary.warn) as warn",
        "sum(cast(size(errors) > 0 as int)) as failed",
    ).first()
    print(counts.asDict())
    if counts.answers != wanted:
        sys.exit(f"{wanted} records, but {counts.answers} answers: a process failed; its standard error says why")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["pipe"], ["pandas"]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
