# One test per header: it compiles alone, as C11, and the public ones as C++17 too.
find_program(ETSOAP_CXX NAMES c++ g++ clang++)

set(flags -fsyntax-only -Wall -Wextra -Wpedantic -Werror -I${PROJECT_SOURCE_DIR}/src/include)
# What etsoap/stubs.h and private headers need besides, and no other public header.
get_target_property(gsoap_definitions gSOAP::headers INTERFACE_COMPILE_DEFINITIONS)
list(TRANSFORM gsoap_definitions PREPEND -D)
set(gsoap -DETSOAP_STUBS -D_POSIX_C_SOURCE=200809L ${gsoap_definitions}
  -isystem ${PROJECT_BINARY_DIR}/generated -isystem ${LIBXML2_INCLUDE_DIR})
# As a system folder, /usr/include would hide what C++ puts before it.
if(NOT gsoap_includes IN_LIST CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
  list(APPEND gsoap -isystem ${gsoap_includes})
endif()

set(units ${CMAKE_CURRENT_BINARY_DIR}/units)
file(MAKE_DIRECTORY ${units})

file(GLOB public RELATIVE ${PROJECT_SOURCE_DIR}/src/include CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/include/etsoap/*.h)
foreach(header IN LISTS public)
  get_filename_component(name ${header} NAME_WE)
  # Twice: a header without a guard that works shows here.
  file(CONFIGURE OUTPUT ${units}/${name}.c
    CONTENT "#include <@header@>\n#include <@header@>\nint main(void) { return 0; }\n" @ONLY)
  file(CONFIGURE OUTPUT ${units}/${name}.cpp
    CONTENT "#include <@header@>\n#include <@header@>\nint main() { return 0; }\n" @ONLY)
  set(more)
  if(name STREQUAL "stubs") # as the header says
    set(more ${gsoap})
  endif()
  etsoap_test(style.header_c11.${name} COMMAND ${CMAKE_C_COMPILER} -std=c11 ${flags} ${more}
    ${units}/${name}.c)
  if(ETSOAP_CXX)
    etsoap_test(style.header_cxx17.${name} COMMAND ${ETSOAP_CXX} -std=c++17 ${flags} ${more}
      ${units}/${name}.cpp)
  else()
    etsoap_test(style.header_cxx17.${name} COMMAND ${CMAKE_COMMAND} -E env sh -c
      "echo 'no C++ compiler found: install g++'; exit 77")
  endif()
endforeach()

file(GLOB private RELATIVE ${PROJECT_SOURCE_DIR}/src CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/*/*.h)
foreach(header IN LISTS private)
  string(REGEX REPLACE "[/.]" "_" name ${header})
  file(CONFIGURE OUTPUT ${units}/private_${name}.c
    CONTENT "#include \"@header@\"\n#include \"@header@\"\nint main(void) { return 0; }\n" @ONLY)
  etsoap_test(style.header_private.${name} COMMAND ${CMAKE_C_COMPILER} -std=c11
    -I${PROJECT_SOURCE_DIR}/src ${flags} ${gsoap} ${units}/private_${name}.c)
endforeach()
