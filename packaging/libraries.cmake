# What the build needs of the system. A missing library is named with the package that has it.
find_package(PkgConfig REQUIRED)

function(gs_library name module package)
  pkg_check_modules(${name} QUIET IMPORTED_TARGET GLOBAL ${module})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "gainsay needs ${module}, which is not installed; "
      "on Debian: apt-get install ${package}")
  endif()
endfunction()

gs_library(LMDB lmdb liblmdb-dev)
gs_library(MSGPACK msgpack libmsgpack-dev)
gs_library(YAJL yajl libyajl-dev)
gs_library(UTF8PROC libutf8proc libutf8proc-dev)
gs_library(XXHASH libxxhash libxxhash-dev)
gs_library(NETTLE nettle nettle-dev)
gs_library(ZSTD libzstd libzstd-dev)
gs_library(PCRE2 libpcre2-8 libpcre2-dev)
gs_library(SMARTCOLS smartcols libsmartcols-dev)
if(BUILD_TESTING)
  gs_library(CMOCKA cmocka libcmocka-dev)
endif()
