# libcurl is loaded at the first address that a program looks at, not linked: ETS_CURL_FILE is the
# name that the loader knows it by. A static one is linked. Included by src/CMakeLists.txt.
option(ETSOAP_LOAD_LIBCURL "Load a shared libcurl when it is first needed; OFF: link it" ON)

set(files_of_libcurl "")
if(ETSOAP_LOAD_LIBCURL)
  foreach(property IMPORTED_LOCATION IMPORTED_LOCATION_RELEASE IMPORTED_LOCATION_NONE)
    get_target_property(file CURL::libcurl ${property})
    if(file)
      list(APPEND files_of_libcurl ${file})
    endif()
  endforeach()
endif()
etsoap_soname(file_of_libcurl libcurl ${files_of_libcurl})

set(ETS_CURL_FILE "${file_of_libcurl}" CACHE INTERNAL "libcurl for the loader; empty: linked")

# What its headers need, and what says that it is not linked.
if(ETS_CURL_FILE)
  target_include_directories(etsoap_objects SYSTEM PRIVATE
    $<TARGET_PROPERTY:CURL::libcurl,INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_definitions(etsoap_objects PRIVATE ETS_CURL_FILE="${ETS_CURL_FILE}")
  message(STATUS "libcurl: ${ETS_CURL_FILE}, loaded when it is needed")
endif()
