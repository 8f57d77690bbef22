#!/bin/bash
# rr.sh SEED OPS [TEST]
cd /work/wt/differential
IMAPNOTIFY_DOCKER=off timeout 580 mvn -B -o -pl it-tests verify -Dqa=false -Dmdep.analyze.skip=true -Dit.test=${3:-RandomRunIT} -Dfailsafe.failIfNoSpecifiedTests=false -Dimapnotify.seed=$1 -Dimapnotify.operations=$2 2>&1 | grep -v '^\[INFO\] *$' | grep -E '^\[it\]|ERROR|FAIL|Tests run|faults|: |evolution|BUILD' | cut -c1-420 | head -${4:-60}
