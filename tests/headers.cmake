# Each header of ours compiles alone, whatever was included before it; the public one also
# as C++, where there is a C++ compiler.
file(GLOB_RECURSE headers RELATIVE ${ROOT} ${ROOT}/cli/*.h ${ROOT}/graph/*.h
  ${ROOT}/include/*.h ${ROOT}/ingest/*.h ${ROOT}/query/*.h)
set(warnings -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I${ROOT})

function(compile header)
  execute_process(COMMAND ${ARGN} ${header} WORKING_DIRECTORY ${ROOT}
    RESULT_VARIABLE status OUTPUT_VARIABLE told ERROR_VARIABLE told)
  if(NOT status EQUAL 0)
    message(SEND_ERROR "${header} does not compile alone:\n${told}")
  endif()
endfunction()

foreach(header ${headers})
  compile(${header} ${CC} -std=c17 -D_GNU_SOURCE ${warnings} -x c)
endforeach()
find_program(CXX NAMES c++ g++ clang++)
if(CXX)
  compile(include/gainsay/gainsay.h ${CXX} -std=c++17 ${warnings} -x c++)
else()
  message(STATUS "no C++ compiler: gainsay.h is not tried as C++")
endif()
