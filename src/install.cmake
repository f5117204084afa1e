# What `cmake --install` puts where, and how other projects find it: find_package(etsoap), with
# component `stubs` for the open form, and pkg-config etsoap or etsoap-stubs. Included by
# src/CMakeLists.txt.
include(CMakePackageConfigHelpers)

set(etsoap_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/etsoap)
set(etsoap_generated_dir ${PROJECT_BINARY_DIR}/generated)

# A set of targets each, since only the shared form can do without what the others stand on.
foreach(form static shared stubs)
  install(TARGETS etsoap_${form} EXPORT etsoap-${form}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT etsoap-${form} NAMESPACE etsoap:: DESTINATION ${etsoap_cmake_dir})
  # The same from where it was built: -Detsoap_DIR=<build>/src.
  export(EXPORT etsoap-${form} NAMESPACE etsoap::
    FILE ${CMAKE_CURRENT_BINARY_DIR}/etsoap-${form}.cmake)
endforeach()
install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/include/etsoap
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h"
  PATTERN "*.def")
# Beside stubs.h, which includes them by name.
install(FILES ${etsoap_generated_dir}/etH.h ${etsoap_generated_dir}/etStub.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/etsoap)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/etsoap-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config.cmake INSTALL_DESTINATION ${etsoap_cmake_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/etsoap-config-version.cmake
  COMPATIBILITY SameMinorVersion)
configure_file(${PROJECT_SOURCE_DIR}/generated/cmake/FindgSOAP.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/FindgSOAP.cmake COPYONLY)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config-version.cmake
  ${PROJECT_SOURCE_DIR}/generated/cmake/FindgSOAP.cmake
  DESTINATION ${etsoap_cmake_dir})

# What etsoap_needs lists. Not as Requires: then pkg-config would give users the include paths of
# libraries that no public header includes.
set(ETSOAP_PC_LIBRARIES "-lssl -lcrypto -lz -lxml2 -ljansson")
set(ETSOAP_FIND_CURL "")
foreach(library IN LISTS CMAKE_DL_LIBS)
  string(APPEND ETSOAP_PC_LIBRARIES " -l${library}")
endforeach()
if(NOT ETS_CURL_FILE)
  string(APPEND ETSOAP_PC_LIBRARIES " -lcurl")
  set(ETSOAP_FIND_CURL "find_dependency(CURL)")
endif()
get_target_property(definitions gSOAP::headers INTERFACE_COMPILE_DEFINITIONS)
list(TRANSFORM definitions PREPEND -D)
list(JOIN definitions " " ETSOAP_PC_GSOAP_DEFINITIONS)
# Relative to the .pc file, so that `cmake --install --prefix` may put the tree anywhere.
set(ETSOAP_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
  file(RELATIVE_PATH up /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
  string(REGEX REPLACE "/$" "" up ${up})
  set(ETSOAP_PC_PREFIX "\${pcfiledir}/${up}")
endif()
foreach(dir LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE ${CMAKE_INSTALL_${dir}})
    set(ETSOAP_PC_${dir} ${CMAKE_INSTALL_${dir}})
  else()
    set(ETSOAP_PC_${dir} "\${prefix}/${CMAKE_INSTALL_${dir}}")
  endif()
endforeach()
foreach(package etsoap etsoap-stubs)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${package}.pc.in
    ${CMAKE_CURRENT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${package}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
