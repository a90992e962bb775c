# Fails on an #include that points against the arrows:
#   graph/base <- graph <- { ingest, query } <- include/gainsay/gainsay.h <- { cli, python }
# and ingest/record, ingest/extract, ingest/formats know no store.
set(may_graph/base "graph/base")
set(may_graph "graph/base|graph|include/gainsay")
set(may_query "graph/base|graph|query|include/gainsay")
set(may_ingest/extract "graph/base|ingest")
set(may_ingest/formats "graph/base|ingest")
set(may_ingest/record "graph/base|ingest")
set(may_ingest "graph/base|graph|ingest|include/gainsay")
set(may_python "include/gainsay|python")
set(may_fetch "graph/base|ingest/record|ingest/formats|ingest|fetch")
set(may_cli "graph/base|include/gainsay|cli|fetch")

set(bad "")
foreach(layer graph/base ingest/record ingest/extract ingest/formats graph query ingest fetch python cli)
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${layer}/*.c ${ROOT}/${layer}/*.h)
  foreach(file ${files})
    if(layer STREQUAL "graph" AND file MATCHES "^graph/base/" OR
       layer STREQUAL "ingest" AND file MATCHES "^ingest/(record|extract|formats)/")
      continue()
    endif()
    file(STRINGS ${ROOT}/${file} includes REGEX "^#include \"")
    foreach(line ${includes})
      string(REGEX REPLACE "^#include \"([^\"]*)\".*" "\\1" target "${line}")
      string(REGEX REPLACE "/[^/]*$" "" folder "${target}")
      set(ok FALSE)
      string(REPLACE "|" ";" allowed "${may_${layer}}")
      foreach(prefix ${allowed})
        if(folder STREQUAL prefix OR
           (folder MATCHES "^${prefix}/" AND NOT (prefix STREQUAL "graph")))
          set(ok TRUE)
        endif()
      endforeach()
      # what lies behind the store's interface is graph's alone
      if(layer MATCHES "^(query|ingest)$" AND target MATCHES "_impl\\.h$" AND
         target MATCHES "^graph/")
        set(ok FALSE)
      endif()
      # the stateless stages know the record, not the store that ingest/*.c feeds
      if(layer MATCHES "^ingest/(record|extract|formats)$" AND folder STREQUAL "ingest" AND
         NOT target MATCHES "^ingest/(stage|format)\\.h$")
        set(ok FALSE)
      endif()
      if(NOT ok)
        string(APPEND bad "${file} includes ${target}\n")
      endif()
    endforeach()
  endforeach()
endforeach()
if(bad)
  message(FATAL_ERROR "includes against the arrows:\n${bad}")
endif()
