# Helpers for tests/<area>/CMakeLists.txt.
#
#   etsoap_unit_test(NAME SOURCES a.c... [LIBRARIES lib...] [TIMEOUT s] [LABELS l...])
#     A cmocka program that sees the private headers of src/, warnings as in the library, linked
#     with the open form of the library; a test of that name.
#
#   etsoap_test(NAME COMMAND program arg... [TIMEOUT s] [LABELS l...] [ENVIRONMENT V=x...]
#               [SERIAL] [LOADS])
#     Any other command as a test. SERIAL keeps it from running beside others: for what measures
#     or loads every core for long. LOADS says that it compiles a tree on all cores: of those one
#     is run at a time.
#
#   etsoap_cases(PREFIX [PROGRAMS target...] [TIMEOUT s] [LABELS l...])
#     A test PREFIX.NAME for each cases/NAME.case beside the CMakeLists.txt, run by
#     tests/harness/cases.py. PROGRAMS are those that the cases run and that are not in bin/:
#     targets, or scripts beside the CMakeLists.txt.
#
#   etsoap_bench(NAME COMMAND program arg... [TIMEOUT s] [ENVIRONMENT V=x...])
#     A measurement that prints and checks a ratio: SERIAL, label `bench`.
#
#   etsoap_fuzz_target(NAME SOURCES a.c... [LIBRARIES lib...])
#     A file with LLVMFuzzerTestOneInput. With ETSOAP_FUZZ (preset fuzz, clang) a libFuzzer program
#     in <build>/fuzz; otherwise a program that replays the inputs in the folder NAME/ beside the
#     CMakeLists.txt, as test fuzz.NAME with label `fuzz`.
#
# Every test has the area as label, may skip with exit code 77 after saying why on its output, and
# finds the built programs first in PATH. Those that may take longest (TIMEOUT) begin first. Label
# `slow` marks what `tests/run --quick` leaves out; label `unsanitized` what runs none of the code
# that sanitizers look at, or only that of a build of its own, without them.

find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka>=1.1.5)

function(_etsoap_test_properties name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL;LOADS" "TIMEOUT" "LABELS;ENVIRONMENT")
  if(arg_TIMEOUT)
    set_tests_properties(${name} PROPERTIES COST ${arg_TIMEOUT})
  else() # against tests that hang, on a busy machine too
    set(arg_TIMEOUT 240)
  endif()
  get_filename_component(area ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  if(NOT "bench" IN_LIST arg_LABELS) # what etsim answers is held against its contract at the end
    list(APPEND arg_ENVIRONMENT "ETSIM_ANSWERS=${PROJECT_BINARY_DIR}/answers/${area}")
    set_property(GLOBAL APPEND PROPERTY ETSOAP_ANSWERING ${name})
  endif()
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${arg_TIMEOUT}
    SKIP_RETURN_CODE 77
    LABELS "${area};${arg_LABELS}"
    ENVIRONMENT "${arg_ENVIRONMENT}"
    ENVIRONMENT_MODIFICATION "PATH=path_list_prepend:${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(arg_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
  if(arg_LOADS)
    set_tests_properties(${name} PROPERTIES RESOURCE_LOCK compiler PROCESSORS 2)
  endif()
endfunction()

function(etsoap_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL;LOADS" "TIMEOUT" "COMMAND;LABELS;ENVIRONMENT")
  if(NOT arg_COMMAND)
    message(FATAL_ERROR "etsoap_test(${name}): COMMAND is missing")
  endif()
  add_test(NAME ${name} COMMAND ${arg_COMMAND})
  set(options)
  foreach(option IN ITEMS SERIAL LOADS)
    if(arg_${option})
      list(APPEND options ${option})
    endif()
  endforeach()
  _etsoap_test_properties(${name} ${options} TIMEOUT ${arg_TIMEOUT} LABELS ${arg_LABELS}
    ENVIRONMENT ${arg_ENVIRONMENT})
endfunction()

function(etsoap_cases prefix)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "PROGRAMS;LABELS")
  file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/cases/*.case)
  foreach(case IN LISTS cases)
    get_filename_component(name ${case} NAME_WE)
    etsoap_test(${prefix}.${name} TIMEOUT ${arg_TIMEOUT} LABELS ${arg_LABELS}
      COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/tests/harness/cases.py ${case})
    foreach(program IN LISTS arg_PROGRAMS)
      set(folder ${CMAKE_CURRENT_SOURCE_DIR})
      if(TARGET ${program})
        set(folder $<TARGET_FILE_DIR:${program}>)
      endif()
      set_property(TEST ${prefix}.${name} APPEND PROPERTY ENVIRONMENT_MODIFICATION
        "PATH=path_list_prepend:${folder}")
    endforeach()
  endforeach()
endfunction()

function(etsoap_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "etsoap_unit_test(${name}): SOURCES is missing")
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE _POSIX_C_SOURCE=200809L)
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} etsoap::stubs PkgConfig::CMOCKA)
  etsoap_warnings(${name})
  etsoap_test(${name} COMMAND ${name} TIMEOUT ${arg_TIMEOUT} LABELS ${arg_LABELS})
endfunction()

option(ETSOAP_FUZZ "Build the fuzz targets with libFuzzer (needs clang)" OFF)
add_custom_target(fuzz COMMENT "The fuzz targets are in ${PROJECT_BINARY_DIR}/fuzz")

function(etsoap_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  set(target fuzz_${name})
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200809L)
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} etsoap_gathered)
  etsoap_warnings(${target})
  target_compile_options(${target} PRIVATE -Wno-missing-prototypes)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  add_dependencies(fuzz ${target})
  if(ETSOAP_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/cmake/replay.c)
    etsoap_test(fuzz.${name} COMMAND ${target} ${CMAKE_CURRENT_SOURCE_DIR}/${name} LABELS fuzz)
  endif()
endfunction()

function(etsoap_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "COMMAND;ENVIRONMENT")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  etsoap_test(${name} COMMAND ${arg_COMMAND} SERIAL TIMEOUT ${arg_TIMEOUT} LABELS bench
    ENVIRONMENT ${arg_ENVIRONMENT})
endfunction()
