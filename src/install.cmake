# What `cmake --install` puts where, and how other projects find it: find_package(etsoap) and
# pkg-config etsoap. Included by src/CMakeLists.txt.
include(CMakePackageConfigHelpers)

set(etsoap_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/etsoap)
set(etsoap_generated_dir ${PROJECT_BINARY_DIR}/generated)

install(TARGETS etsoap etsoap_bindings EXPORT etsoap-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/include/etsoap
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
# Beside stubs.h, which includes them by name.
install(FILES ${etsoap_generated_dir}/etH.h ${etsoap_generated_dir}/etStub.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/etsoap)

install(EXPORT etsoap-targets NAMESPACE etsoap:: DESTINATION ${etsoap_cmake_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/etsoap-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config.cmake INSTALL_DESTINATION ${etsoap_cmake_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/etsoap-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/etsoap-config-version.cmake
  ${PROJECT_SOURCE_DIR}/generated/cmake/FindgSOAP.cmake
  DESTINATION ${etsoap_cmake_dir})

# struct soap has members that depend on these, so a program has to be compiled with them too.
get_target_property(definitions gSOAP::ssl INTERFACE_COMPILE_DEFINITIONS)
get_target_property(own_definitions etsoap INTERFACE_COMPILE_DEFINITIONS)
list(APPEND definitions ${own_definitions})
list(TRANSFORM definitions PREPEND -D)
list(JOIN definitions " " ETSOAP_PC_CFLAGS)
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
configure_file(${CMAKE_CURRENT_LIST_DIR}/etsoap.pc.in ${CMAKE_CURRENT_BINARY_DIR}/etsoap.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/etsoap.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
