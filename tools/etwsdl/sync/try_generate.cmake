# Run by `etwsdl sync`: TREE, WSDL, OUT, ETWSDL. Generates as the build does (generated/
# generate.cmake) and has the compiler check the field table against the generated structs.
cmake_minimum_required(VERSION 3.25)
find_program(WSDL2H wsdl2h REQUIRED)
find_program(SOAPCPP2 soapcpp2 REQUIRED)
find_program(CC NAMES cc gcc clang REQUIRED)
find_path(SHARE import/wsse.h PATHS /usr/share/gsoap /usr/local/share/gsoap ENV GSOAP_SHARE_DIR
  PATH_SUFFIXES share/gsoap REQUIRED)

set(CONTRACT_DIR ${TREE}/wsdl)
file(STRINGS ${TREE}/generated/CMakeLists.txt parts REGEX "^set\\(ETSOAP_PARTS [0-9]+\\)")
string(REGEX MATCH "[0-9]+" PARTS "${parts}")
include(${TREE}/generated/contract.cmake)
include(${TREE}/generated/generate.cmake)

execute_process(
  COMMAND ${CC} -std=c11 -fsyntax-only -D_GNU_SOURCE -DWITH_OPENSSL -DWITH_GZIP -DWITH_DOM
    -DWITH_IPV6 -I${OUT} -I${TREE}/src -I${SHARE}/plugin ${OUT}/ets_meta.c
  RESULT_VARIABLE result ERROR_VARIABLE said)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the field table does not fit what gSOAP generates:\n${said}")
endif()
