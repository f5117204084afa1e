# The folder: its files, read by Python and DuckDB; a program that is killed or fails at every call
# that changes the file system.
add_executable(sink_probe sink_probe.c)
set_target_properties(sink_probe PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
target_compile_definitions(sink_probe PRIVATE _XOPEN_SOURCE=700)
target_link_libraries(sink_probe PRIVATE ettrack_folder etsoap::etsoap)
etsoap_warnings(sink_probe)

add_library(export_fail_at MODULE fail_at.c)
set_target_properties(export_fail_at PROPERTIES C_VISIBILITY_PRESET default)
target_link_libraries(export_fail_at PRIVATE ${CMAKE_DL_LIBS})
etsoap_warnings(export_fail_at)

etsoap_test(export.folder
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/test_folder.py
  ENVIRONMENT SINK_PROBE=$<TARGET_FILE:sink_probe>)

# A preloaded library and a sanitizer's both want to be first.
if(NOT ETSOAP_SANITIZE)
  etsoap_test(export.folder_kill TIMEOUT 600
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/test_folder_kill.py
    ENVIRONMENT SINK_PROBE=$<TARGET_FILE:sink_probe> FAIL_AT_LIBRARY=$<TARGET_FILE:export_fail_at>)
endif()

etsoap_test(export.page TIMEOUT 120
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/test_page.py
  ENVIRONMENT INTEROP_NODE=${PROJECT_BINARY_DIR}/tests/interop)
etsoap_test(export.folder_duckdb
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/test_folder_duckdb.py
  ENVIRONMENT SINK_PROBE=$<TARGET_FILE:sink_probe>
    INTEROP_NODE=${PROJECT_BINARY_DIR}/tests/interop)
set_tests_properties(export.folder_duckdb export.page PROPERTIES FIXTURES_REQUIRED interop_npm)
