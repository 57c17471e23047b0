#!/bin/sh
# Checks records with GNU parallel: blocks of whole lines go to `presend stream` processes, answers come back in order.
#
#     examples/parallel.sh < records.jsonl > answers.jsonl
#
# Each process takes one thread, so that as many run as there are processors. On several machines, add
# `--sshlogin 8/first,8/second`; presend has to be installed on each. JOBS and BLOCK change how many processes run and
# how much each is given. A process that found something to deny exits with 1, which is no failure here.
set -eu
exec parallel --pipe --keep-order --jobs "${JOBS:-100%}" --block "${BLOCK:-8M}" \
    "${PRESEND:-presend} stream --threads 1 --exit-zero"
