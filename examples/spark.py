#!/usr/bin/env python3
"""Checks records with Spark: each partition goes through one `presend stream` process.

    spark-submit examples/spark.py RECORDS.jsonl ANSWERS_FOLDER
    PRESEND=/usr/local/bin/presend python3 examples/spark.py RECORDS.jsonl ANSWERS_FOLDER     (PySpark from PyPI, Java 17)

`rdd.pipe` writes the records of a partition to the process line by line and reads the answers from it. A campaign that
is denied, or a record that is broken, must not fail the job: exit codes 0, 1 and 2 all mean that every record has its
answer, so they are not looked at; the answers are counted in their place.
"""

import os
import sys

from pyspark.sql import SparkSession


def main(records, answers):
    spark = SparkSession.builder.appName("presend").getOrCreate()
    presend = os.environ.get("PRESEND", "presend")
    # Spark runs as many tasks as there are cores, so one thread each is enough
    lines = spark.sparkContext.textFile(records)
    checked = lines.pipe(f"{presend} stream --threads 1")
    checked.saveAsTextFile(answers)

    wanted, found = lines.count(), spark.read.json(answers)
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
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
