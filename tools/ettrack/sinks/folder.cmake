# The sink that is a folder, for ettrack and for its tests. Included by the CMakeLists.txt above.
add_library(ettrack_folder STATIC
  sinks/folder.c
  sinks/folder_audit.c
  sinks/folder_data.c
  sinks/folder_format.c
  sinks/folder_io.c
  sinks/folder_lock.c
  sinks/folder_place.c
  sinks/folder_print.c
  sinks/folder_record.c
  sinks/folder_survey.c)
target_include_directories(ettrack_folder PUBLIC ${PROJECT_SOURCE_DIR}/tools)
target_compile_definitions(ettrack_folder PRIVATE _XOPEN_SOURCE=700)
target_link_libraries(ettrack_folder PRIVATE etsoap::etsoap PkgConfig::JANSSON OpenSSL::Crypto
  ZLIB::ZLIB)
etsoap_warnings(ettrack_folder)
