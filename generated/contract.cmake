# Run by the build: SETTINGS, the file that sets WSDL, CONTRACT_DIR, OUT, ETWSDL. Brings the
# contract into OUT/stage and writes OUT/contract.stamp, or says what is wrong with it. It does not
# fail: of a command that fails the whole of it is shown first. accepted.cmake does, after it.
if(SETTINGS)
  include(${SETTINGS})
endif()

set(stage ${OUT}/stage)
file(REMOVE ${OUT}/contract.stamp)
file(REMOVE_RECURSE ${stage})
file(MAKE_DIRECTORY ${stage})

# --- stage: the contract with local import locations -------------------------------------------
# wsdl2h follows an http(s) schemaLocation even with -I, so none may be left. What etwsdl says goes
# out as it is: message() would break its lines.
execute_process(COMMAND ${ETWSDL} stage ${WSDL} -o ${stage} --imports ${CONTRACT_DIR}
  --depfile ${OUT}/contract.d --target ${OUT}/contract.stamp
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(NOTICE "${WSDL} cannot be staged: the lines above say why. The build uses no network: "
    "what the contract imports must be beside it or in wsdl/ (`etwsdl fetch` brings it).")
  file(WRITE ${OUT}/contract.d "${OUT}/contract.stamp: ${WSDL}\n")
  return()
endif()

# --- what src/ uses of it (src/contract/needs.def), before anything is compiled ------------------
# 3: it builds, and what the lines above name is left out.
execute_process(COMMAND ${ETWSDL} check ${WSDL} --imports ${CONTRACT_DIR} RESULT_VARIABLE result)
if(NOT result MATCHES "^[03]$")
  message(NOTICE "${WSDL} cannot be built: the lines above say why (docs/wsdl-update.md).")
  return()
endif()
file(TOUCH ${OUT}/contract.stamp)
