# What cpack reads before it makes a package of one kind: the tree is installed into a folder, out
# of which cmake_install.cmake takes what a package has; what packages depend on is found out.
cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/stage.cmake)

if(CPACK_GENERATOR STREQUAL "External")
  return() # the source tarball, source.cmake
elseif(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_MONOLITHIC_INSTALL ON)
  set(CPACK_PACKAGING_INSTALL_PREFIX "")
  set(CPACK_PACKAGE_FILE_NAME etsoap-${CPACK_PACKAGE_VERSION}-linux-${CPACK_ETSOAP_MACHINE})
  etsoap_stage(--strip)
  etsoap_gather_documents(TGZ)
  return()
elseif(NOT CPACK_GENERATOR MATCHES "^(DEB|RPM)$")
  message(FATAL_ERROR "etsoap has no packages of kind ${CPACK_GENERATOR}: DEB, RPM or TGZ")
endif()

set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
etsoap_stage(--strip)
etsoap_gather_documents(${CPACK_GENERATOR})

if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
  set(version "${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}")
  etsoap_linked_packages(linked ${CPACK_ETSOAP_LIBDIR}/libetsoap.so)
  etsoap_loaded_package(curl "${CPACK_ETSOAP_CURL_FILE}")
  set(CPACK_DEBIAN_LIBETSOAP0_PACKAGE_DEPENDS "${linked}${curl}")

  etsoap_linked_packages(linked bin/ettrack bin/etsim bin/etwsdl)
  etsoap_loaded_package(pq "${CPACK_ETSOAP_PQ_FILE}")
  set(CPACK_DEBIAN_ETSOAP-TOOLS_PACKAGE_DEPENDS "libetsoap0 (= ${version}), ${linked}")
  string(REGEX REPLACE "^, " "" CPACK_DEBIAN_ETSOAP-TOOLS_PACKAGE_RECOMMENDS
    "${pq}, ca-certificates, bash-completion")

  # The static form stands on these, the stubs on gSOAP of the release that made them.
  set(gsoap "")
  foreach(package gsoap libgsoap-dev)
    string(APPEND gsoap "${package} (>= ${CPACK_ETSOAP_GSOAP_VERSION}), \
${package} (<< ${CPACK_ETSOAP_GSOAP_NEXT}~), ")
  endforeach()
  set(CPACK_DEBIAN_LIBETSOAP-DEV_PACKAGE_DEPENDS "libetsoap0 (= ${version}), ${gsoap}\
libcurl4-openssl-dev | libcurl-dev, libjansson-dev, libssl-dev, libxml2-dev, zlib1g-dev")
endif()
