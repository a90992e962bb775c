#!/usr/bin/env bash
# How much of graph/ its tests run through, by gcov: tests/coverage.sh [TESTS], a regular
# expression of ctest's (default: all that touch a store). Prints each file, and the whole.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tests=${1-'^(graph|ingest|query|threads)/|^cli/(check|compact|dump|erase|keep|load|undo|decide|versions)'}

cmake --preset coverage > /dev/null
cmake --build --preset coverage > /dev/null
find build/coverage -name '*.gcda' -delete
ctest --preset coverage --parallel 2 -R "$tests" > build/coverage/tests.log || { tail -n 20 build/coverage/tests.log; exit 1; }
find build/coverage -path '*gs_graph.dir/graph/*' -name '*.gcda' -o -path '*gs_base.dir/graph/*' -name '*.gcda' |
  while read -r counts; do gcov -n -r -s "$PWD" "$counts" 2> /dev/null || true; done |
  awk -F"['%: ]+" '
    /^File / {file = $2}
    /^Lines executed/ && file ~ /^(.*\/)?graph\/.*\.c$/ && !(file in of) {
      n = $NF; of[file] = n; hit = $3 * n / 100; all += n; ran += hit
      printf "%6.1f %% of %4d  %s\n", $3, n, file
    }
    END {printf "%6.1f %% of %4d  graph/\n", 100 * ran / all, all}' | sort -n
