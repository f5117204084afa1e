# generated/surface.txt is what `etwsdl surface` says about the contract that is committed.
execute_process(COMMAND ${ETWSDL} surface ${WSDL} OUTPUT_FILE ${OUT} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "etwsdl surface ${WSDL} failed: ${result}")
endif()
file(SIZE ${OUT} size)
if(size LESS 10000)
  message(FATAL_ERROR "${OUT} has ${size} bytes: that cannot be the whole surface")
endif()
execute_process(COMMAND diff -u ${SURFACE} ${OUT} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "generated/surface.txt is not the surface of wsdl/etframework.wsdl. When the "
    "change is meant: cmake --build <build> --target surface-accept, and commit it.")
endif()
