# Run by the build: WSDL, CONTRACT_DIR, OUT, PARTS, WSDL2H, SOAPCPP2, SHARE, ETWSDL.
# Works in OUT/stage, then publishes into OUT what differs.

set(stage ${OUT}/stage)
file(REMOVE_RECURSE ${stage})
file(MAKE_DIRECTORY ${stage}/c)

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${stage}
    RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
  file(APPEND ${stage}/generate.log "${said}")
  if(NOT result EQUAL 0)
    list(GET ARGN 0 tool)
    message(FATAL_ERROR "${tool} failed (${result}) on ${WSDL}:\n${said}")
  endif()
endfunction()

# --- stage: the contract with local import locations -------------------------------------------
# wsdl2h follows an http(s) schemaLocation even with -I; so each one is replaced by the file of
# the same name beside the WSDL or, failing that, in wsdl/.
configure_file(${WSDL} ${stage}/etframework.wsdl COPYONLY)
file(STRINGS ${stage}/etframework.wsdl locations REGEX "schemaLocation[ \t]*=")
file(READ ${stage}/etframework.wsdl text)
get_filename_component(wsdl_dir ${WSDL} DIRECTORY)
set(rewritten FALSE)
foreach(line IN LISTS locations)
  if(NOT line MATCHES "schemaLocation[ \t]*=[ \t]*[\"']([^\"']*)[\"']")
    continue()
  endif()
  set(location ${CMAKE_MATCH_1})
  string(REGEX REPLACE "[?#].*$" "" path "${location}")
  get_filename_component(name "${path}" NAME)
  if(NOT name MATCHES "\\.(xsd|wsdl)$")
    string(APPEND name ".xsd")
  endif()
  if(EXISTS ${wsdl_dir}/${path} AND NOT location MATCHES "^[a-z]+://")
    configure_file(${wsdl_dir}/${path} ${stage}/${name} COPYONLY)
  elseif(EXISTS ${wsdl_dir}/${name})
    configure_file(${wsdl_dir}/${name} ${stage}/${name} COPYONLY)
  elseif(EXISTS ${CONTRACT_DIR}/${name})
    configure_file(${CONTRACT_DIR}/${name} ${stage}/${name} COPYONLY)
  else()
    message(FATAL_ERROR "${WSDL} imports ${location}. The build uses no network: put the file "
      "beside it as ${wsdl_dir}/${name} (`etwsdl fetch` does that).")
  endif()
  if(NOT location STREQUAL name)
    string(REPLACE "\"${location}\"" "\"${name}\"" text "${text}")
    string(REPLACE "'${location}'" "'${name}'" text "${text}")
    set(rewritten TRUE)
  endif()
endforeach()
if(rewritten)
  file(WRITE ${stage}/etframework.wsdl "${text}")
endif()
if(text MATCHES "(schemaLocation|location)[ \t\r\n]*=[ \t\r\n]*[\"'][a-z]+://[^\"']*\\.(xsd|wsdl)")
  message(FATAL_ERROR "${WSDL}: a remote import is left after staging: ${CMAKE_MATCH_0}\"")
endif()

# --- what src/ needs of it (src/needs.def), before anything is compiled -------------------------
# Its lines go out as they are: message() would break them.
execute_process(COMMAND ${ETWSDL} check etframework.wsdl WORKING_DIRECTORY ${stage}
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${WSDL} does not fit src/: the lines above say what is missing and where it "
    "is used (docs/wsdl-update.md).")
endif()

# --- generate ----------------------------------------------------------------------------------
# -F: derived types travel in C. -g: the typed fault. -j: the SOAP header stays ours.
run(${WSDL2H} -c -F -g -j -t ${CONTRACT_DIR}/typemap.dat -o et.h etframework.wsdl)
set(ENV{SOURCE_DATE_EPOCH} 1)
# A copy, since soapcpp2 writes the name it is given into what it generates.
configure_file(${CONTRACT_DIR}/soap_headers.h ${stage}/soap_headers.h COPYONLY)
run(${SOAPCPP2} -c -L -x -n -p et -f40 -I${stage}:${SHARE}/import:${SHARE} -d c
  soap_headers.h)
run(${ETWSDL} meta etframework.wsdl -o ${stage}/c)

# --- publish -----------------------------------------------------------------------------------
function(publish name)
  execute_process(COMMAND ${CMAKE_COMMAND} -E copy_if_different ${stage}/c/${name} ${OUT}/${name}
    COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(GLOB produced RELATIVE ${stage}/c ${stage}/c/etC_*.c)
list(LENGTH produced count)
if(count GREATER PARTS)
  message(FATAL_ERROR "soapcpp2 wrote ${count} parts, ETSOAP_PARTS in generated/CMakeLists.txt "
    "allows ${PARTS}: raise it.")
endif()
foreach(i RANGE 1 ${PARTS})
  if(i LESS 10)
    set(i 00${i})
  else()
    set(i 0${i})
  endif()
  if(NOT EXISTS ${stage}/c/etC_${i}.c)
    file(WRITE ${stage}/c/etC_${i}.c "typedef int etsoap_unused_part_${i};\n")
  endif()
  publish(etC_${i}.c)
endforeach()
foreach(name etClient.c etServer.c ets_meta.c etH.h etStub.h et.nsmap)
  publish(${name})
endforeach()
