# The sinks that are databases, for ettrack and for their tests. SQLite is linked; libpq is loaded
# when it is first needed, see libpq.h: ETTRACK_PQ_FILE is the name that the loader knows it by. A
# static one is linked. Included by tools/ettrack/CMakeLists.txt.
option(ETSOAP_LOAD_LIBPQ "Load a shared libpq when it is first needed; OFF: link it" ON)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq>=10)

add_library(ettrack_databases STATIC
  sinks/cell.c
  sinks/libpq.c
  sinks/postgres.c
  sinks/postgres_audit.c
  sinks/postgres_connect.c
  sinks/postgres_copy.c
  sinks/postgres_run.c
  sinks/postgres_table.c
  sinks/postgres_window.c
  sinks/prepared.c
  sinks/sql_audit.c
  sinks/sql_record.c
  sinks/sql.c
  sinks/sqlite.c
  sinks/sqlite_audit.c
  sinks/sqlite_connect.c
  sinks/sqlite_run.c
  sinks/sqlite_table.c
  sinks/sqlite_window.c)
target_include_directories(ettrack_databases
  PUBLIC ${PROJECT_SOURCE_DIR}/tools
  PRIVATE ${LIBPQ_INCLUDE_DIRS})
target_compile_definitions(ettrack_databases PRIVATE _XOPEN_SOURCE=700)
target_link_libraries(ettrack_databases PRIVATE tools_common etsoap::etsoap PkgConfig::SQLITE
  Threads::Threads m ${CMAKE_DL_LIBS})
etsoap_warnings(ettrack_databases)

set(file_of_libpq "")
if(ETSOAP_LOAD_LIBPQ)
  etsoap_soname(file_of_libpq libpq ${LIBPQ_LINK_LIBRARIES})
endif()
set(ETS_PQ_FILE "${file_of_libpq}" CACHE INTERNAL "libpq for the loader; empty: linked")
if(file_of_libpq)
  target_compile_definitions(ettrack_databases PRIVATE ETTRACK_PQ_FILE="${file_of_libpq}")
  message(STATUS "libpq: ${file_of_libpq}, loaded when it is needed")
else()
  target_link_libraries(ettrack_databases PRIVATE PkgConfig::LIBPQ)
endif()
