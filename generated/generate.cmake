# Run by the build after contract.cmake: SETTINGS, the file that sets CONTRACT_DIR, OUT, PARTS,
# WSDL, WSDL2H, SOAPCPP2, SHARE, ETWSDL. Works in OUT/stage, then publishes into OUT what differs.
if(SETTINGS)
  include(${SETTINGS})
endif()

set(stage ${OUT}/stage)
file(REMOVE_RECURSE ${stage}/c)
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

# --- generate ----------------------------------------------------------------------------------
# The field table, and the contract in the plain form whose C the table describes.
run(${ETWSDL} meta etframework.wsdl -o c)
# -F: derived types travel in C. -g: the typed fault. -j: the SOAP header stays ours.
run(${WSDL2H} -c -F -g -j -t ${CONTRACT_DIR}/typemap.dat -o et.h c/plain.wsdl)
set(ENV{SOURCE_DATE_EPOCH} 1)
# A copy, since soapcpp2 writes the name it is given into what it generates.
configure_file(${CONTRACT_DIR}/soap_headers.h ${stage}/soap_headers.h COPYONLY)
run(${SOAPCPP2} -c -L -x -n -p et -f40 -I${stage}:${SHARE}/import:${SHARE} -d c
  soap_headers.h)

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
