# etsoap_soname(VARIABLE PREFIX FILE...): the name that the loader knows a library by, of the first
# file that is a shared one whose name begins with PREFIX; "" when there is none.
function(etsoap_soname variable prefix)
  set(${variable} "" PARENT_SCOPE)
  foreach(file IN LISTS ARGN)
    execute_process(COMMAND ${CMAKE_READELF} -d ${file} OUTPUT_VARIABLE said ERROR_QUIET)
    if(said MATCHES "Library soname: \\[(${prefix}[^\n]+)\\]")
      set(${variable} ${CMAKE_MATCH_1} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()
