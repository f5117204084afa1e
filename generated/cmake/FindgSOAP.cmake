# Finds gSOAP: wsdl2h and soapcpp2, the runtime with OpenSSL and gzip, the import headers and the
# plugin sources. Tools, header and library have to be of one release: generated code refuses any
# other.
#
#   gSOAP_VERSION, gSOAP_WSDL2H, gSOAP_SOAPCPP2, gSOAP_SHARE_DIR, gSOAP_SSL_LIBRARY
#   targets gSOAP::headers, to compile with, and gSOAP::ssl, which is the runtime as well

find_program(gSOAP_WSDL2H wsdl2h)
find_program(gSOAP_SOAPCPP2 soapcpp2)
find_path(gSOAP_INCLUDE_DIR stdsoap2.h)
find_library(gSOAP_SSL_LIBRARY NAMES libgsoapssl.a gsoapssl)
find_path(gSOAP_SHARE_DIR import/wsse.h
  PATHS /usr/share/gsoap /usr/local/share/gsoap ENV GSOAP_SHARE_DIR
  PATH_SUFFIXES share/gsoap)

# The release that a tool says it is of.
function(_gsoap_tool_version tool result)
  set(version "")
  if(tool)
    execute_process(COMMAND ${tool} -V OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(said MATCHES "([0-9]+\\.[0-9]+\\.[0-9]+)")
      set(version ${CMAKE_MATCH_1})
    endif()
  endif()
  set(${result} "${version}" PARENT_SCOPE)
endfunction()

_gsoap_tool_version("${gSOAP_SOAPCPP2}" gSOAP_VERSION)
_gsoap_tool_version("${gSOAP_WSDL2H}" gsoap_wsdl2h_version)
if(gSOAP_VERSION AND gSOAP_INCLUDE_DIR)
  file(STRINGS ${gSOAP_INCLUDE_DIR}/stdsoap2.h gsoap_header
    REGEX "^#define[ \t]+GSOAP_VERSION[ \t]+[0-9]+")
  string(REGEX MATCH "[0-9]+$" gsoap_header "${gsoap_header}")
  string(REPLACE "." ";" gsoap_parts ${gSOAP_VERSION})
  list(GET gsoap_parts 0 gsoap_major)
  list(GET gsoap_parts 1 gsoap_minor)
  list(GET gsoap_parts 2 gsoap_patch)
  math(EXPR gsoap_tools "${gsoap_major} * 100000 + ${gsoap_minor} * 1000 + ${gsoap_patch}")
  if(NOT gsoap_tools EQUAL gsoap_header OR
      (gSOAP_WSDL2H AND NOT gsoap_wsdl2h_version STREQUAL gSOAP_VERSION))
    message(FATAL_ERROR "gSOAP is installed twice: soapcpp2 is ${gSOAP_VERSION} "
      "(${gSOAP_SOAPCPP2}), wsdl2h is ${gsoap_wsdl2h_version} (${gSOAP_WSDL2H}), stdsoap2.h says "
      "${gsoap_header} (${gSOAP_INCLUDE_DIR}). Generated code needs one release; set "
      "gSOAP_SOAPCPP2, gSOAP_WSDL2H and gSOAP_INCLUDE_DIR to the same one.")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(gSOAP
  REQUIRED_VARS gSOAP_WSDL2H gSOAP_SOAPCPP2 gSOAP_INCLUDE_DIR gSOAP_SSL_LIBRARY gSOAP_SHARE_DIR
  VERSION_VAR gSOAP_VERSION
  REASON_FAILURE_MESSAGE "On Debian and Ubuntu: apt-get install gsoap libgsoap-dev")

if(gSOAP_FOUND AND NOT TARGET gSOAP::ssl)
  # struct soap has members that depend on these definitions.
  add_library(gSOAP::headers INTERFACE IMPORTED)
  set_target_properties(gSOAP::headers PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${gSOAP_INCLUDE_DIR}
    INTERFACE_COMPILE_DEFINITIONS "WITH_OPENSSL;WITH_GZIP;WITH_DOM;WITH_IPV6")
  add_library(gSOAP::ssl UNKNOWN IMPORTED)
  set_target_properties(gSOAP::ssl PROPERTIES
    IMPORTED_LOCATION ${gSOAP_SSL_LIBRARY}
    INTERFACE_LINK_LIBRARIES gSOAP::headers)
endif()
mark_as_advanced(gSOAP_WSDL2H gSOAP_SOAPCPP2 gSOAP_INCLUDE_DIR gSOAP_SSL_LIBRARY gSOAP_SHARE_DIR)
