# Every tests/FOLDER/test_NAME.c is a program and the test FOLDER/NAME; it runs in its own
# folder, with its data folder (where it stands in the tree) as its only argument.
set(gs_test_libraries_graph gs_graph)
set(gs_test_libraries_query gs_query)
set(gs_test_libraries_ingest gs_ingest)
set(gs_test_libraries_cli gs_cli)
set(gs_test_libraries_fetch gs_fetch)
set(gs_test_libraries_threads gs_query gs_ingest)

file(GLOB_RECURSE programs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/test_*.c)
foreach(source ${programs})
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${source})
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(name ${path} NAME_WE)
  string(REGEX REPLACE "^test_" "" name ${name})
  string(REGEX REPLACE "/.*" "" top ${folder})
  string(REPLACE "/" "_" target test_${folder}_${name})
  add_executable(${target} ${source})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${target} PRIVATE ${gs_test_libraries_${top}} PkgConfig::CMOCKA)
  set(work ${PROJECT_BINARY_DIR}/tests/${folder}/${name})
  file(MAKE_DIRECTORY ${work})
  add_test(NAME ${folder}/${name} COMMAND ${target} ${PROJECT_SOURCE_DIR}/tests/${folder}
    WORKING_DIRECTORY ${work})
endforeach()

target_sources(test_query_naive PRIVATE tests/query/naive.c tests/query/naive_clauses.c
  tests/query/naive_graph.c tests/query/naive_match.c tests/query/naive_merge.c
  tests/query/naive_random.c tests/query/naive_text.c)

# Programs as a user runs them: every tests/cli/*.sh, given the bin folder and the source tree.
file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/cli/*.sh)
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  if(name STREQUAL "lib")
    continue()
  endif()
  add_test(NAME cli/${name} COMMAND bash ${script} ${PROJECT_BINARY_DIR}/bin ${PROJECT_SOURCE_DIR})
endforeach()

# The Python module: every tests/python/test_*.py, under the python3 that is found first. Python
# itself is not built with a sanitizer, so that one's library is loaded before it.
find_program(GAINSAY_PYTHON3 python3 REQUIRED)
set(python_environment PYTHONPATH=${PROJECT_BINARY_DIR}/python PYTHONDONTWRITEBYTECODE=1)
if(CMAKE_C_FLAGS MATCHES "fsanitize=[a-z,]*address")
  execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libasan.so
    OUTPUT_VARIABLE libasan OUTPUT_STRIP_TRAILING_WHITESPACE)
  list(APPEND python_environment LD_PRELOAD=${libasan} ASAN_OPTIONS=detect_leaks=0)
endif()
file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/python/test_*.py)
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  string(REGEX REPLACE "^test_" "" name ${name})
  add_test(NAME python/${name} COMMAND ${GAINSAY_PYTHON3} ${script})
  set_tests_properties(python/${name} PROPERTIES ENVIRONMENT "${python_environment}")
endforeach()

# Times of loading and of six questions, to compare with other engines; the test is that
# both ways of asking agree.
file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/*.c)
add_executable(gainsay-bench ${sources})
target_link_libraries(gainsay-bench PRIVATE gs_query)
add_dependencies(gainsay-bench gainsay gainsay-ingest)
add_test(NAME bench COMMAND bash ${PROJECT_SOURCE_DIR}/tests/bench/agree.sh
  ${PROJECT_BINARY_DIR}/bin)

# How fast each format is read: run by hand, bench-read FILE...
add_executable(bench-read tests/bench/reading/read.c)
target_link_libraries(bench-read PRIVATE gs_extract)
add_test(NAME bench_read COMMAND bench-read ${PROJECT_SOURCE_DIR}/tests/ingest/articles/badges.txt)

# What was weighed before a layout was chosen: run by hand, with larger figures.
foreach(candidate index lists texts)
  add_executable(bench-${candidate} tests/bench/candidates/${candidate}.c)
  target_link_libraries(bench-${candidate} PRIVATE gs_graph)
endforeach()
target_link_libraries(bench-texts PRIVATE PkgConfig::ZSTD)
add_test(NAME bench_index COMMAND bench-index 20000 4
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
add_test(NAME bench_lists COMMAND bench-lists 20000 4
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
add_test(NAME bench_texts COMMAND bench-texts ${PROJECT_SOURCE_DIR}/docs/sample/canal.jsonl)

# The example of docs/, as a program of somebody else's that has the shared library alone.
add_executable(example ${PROJECT_SOURCE_DIR}/docs/example.c)
set_target_properties(example PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
target_include_directories(example PRIVATE ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(example PRIVATE gainsay-shared)
add_test(NAME example COMMAND bash ${PROJECT_SOURCE_DIR}/tests/example.sh
  ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})

add_test(NAME layers COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}
  -P ${PROJECT_SOURCE_DIR}/tests/layers.cmake)
add_test(NAME headers COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}
  -DCC=${CMAKE_C_COMPILER} -P ${PROJECT_SOURCE_DIR}/tests/headers.cmake)

# Every tests/fuzz/fuzz_NAME.c is a libFuzzer program; its test feeds it what has been found
# before (tests/fuzz/corpus/NAME) and 20,000 inputs made of that (or gs_fuzz_runs_NAME), the same
# ones each time. It links gs_base and what gs_fuzz_libraries_NAME says. To look for more, run it
# by hand with -max_total_time=3600.
set(gs_fuzz_libraries_record gs_extract)
set(gs_fuzz_libraries_page gs_extract)
set(gs_fuzz_libraries_formats gs_extract)
set(gs_fuzz_libraries_query gs_query)
set(gs_fuzz_runs_formats 2000) # pages are slow
if(GAINSAY_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
  foreach(source ${fuzzers})
    get_filename_component(target ${source} NAME_WE)
    string(REGEX REPLACE "^fuzz_" "" name ${target})
    add_executable(${target} ${source})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
    target_link_libraries(${target} PRIVATE ${gs_fuzz_libraries_${name}} gs_base)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    set(found ${PROJECT_BINARY_DIR}/fuzz/corpus/${name}) # what is new goes here, not into the tree
    file(MAKE_DIRECTORY ${found})
    set(known ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
    if(NOT IS_DIRECTORY ${known})
      set(known)
    endif()
    set(runs 20000)
    if(gs_fuzz_runs_${name})
      set(runs ${gs_fuzz_runs_${name}})
    endif()
    add_test(NAME fuzz/${name} COMMAND ${target} -seed=1 -runs=${runs} -timeout=10 ${found} ${known}
      WORKING_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  endforeach()
endif()
