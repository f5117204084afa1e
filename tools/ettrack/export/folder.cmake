# The sink that is a folder, for ettrack and for its tests. Included by the CMakeLists.txt above.
add_library(ettrack_folder STATIC
  export/folder.c
  export/folder_data.c
  export/folder_format.c
  export/folder_io.c
  export/folder_lock.c
  export/folder_place.c
  export/folder_print.c
  export/folder_record.c
  export/folder_survey.c)
target_include_directories(ettrack_folder PUBLIC ${PROJECT_SOURCE_DIR}/tools)
target_compile_definitions(ettrack_folder PRIVATE _XOPEN_SOURCE=700)
target_link_libraries(ettrack_folder PRIVATE etsoap::etsoap PkgConfig::JANSSON OpenSSL::Crypto
  ZLIB::ZLIB)
etsoap_warnings(ettrack_folder)
