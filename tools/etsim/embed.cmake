# Writes C with two files as bytes. Run by the build: WSDL, FAULT_SCHEMA, OTHER_FAULT_SCHEMA (when a
# contract from elsewhere calls its fault schema something else), OUT.
if(NOT EXISTS ${FAULT_SCHEMA})
  set(FAULT_SCHEMA ${OTHER_FAULT_SCHEMA})
endif()
set(text "#include \"server/embedded.h\"\n")
foreach(pair "wsdl;${WSDL}" "fault_schema;${FAULT_SCHEMA}")
  list(GET pair 0 name)
  list(GET pair 1 file)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND text "const char embedded_${name}[] = {${bytes}0};\n"
    "const size_t embedded_${name}_size = sizeof embedded_${name} - 1;\n")
endforeach()
file(WRITE ${OUT}.new "${text}")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
