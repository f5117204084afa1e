# The sinks that are databases by themselves; sql_driver does to them what a test says.
add_executable(sql_driver sql_driver.c ${PROJECT_SOURCE_DIR}/tools/ettrack/run/stop.c
  ${PROJECT_SOURCE_DIR}/tools/ettrack/sinks/store.c)
set_target_properties(sql_driver PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
target_compile_definitions(sql_driver PRIVATE _XOPEN_SOURCE=700)
target_link_libraries(sql_driver PRIVATE ettrack_databases ettrack_folder
  tools_common etsoap::etsoap)
etsoap_warnings(sql_driver)

foreach(database sqlite postgres)
  foreach(test contents failures places)
    etsoap_test(export.${database}_${test} TIMEOUT 600
      COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/test_sql_${test}.py ${database}
      ENVIRONMENT SQL_DRIVER=$<TARGET_FILE:sql_driver> SQL_SANITIZED=${ETSOAP_SANITIZE})
  endforeach()
endforeach()

etsoap_bench(export.postgres_cpu
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/bench_sql.py)
