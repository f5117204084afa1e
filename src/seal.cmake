# seal.cmake: links OBJECTS (a file, one path a line) and what they need of ARCHIVES into one
# relocatable object, OUT/etsoap.o, whose only global names are the functions of default visibility
# in OBJECTS, which are those marked ETS_API, and the mark of operations/form.h. OUT/abi.txt lists
# them.
#   -DCC= -DFLAGS= -DREADELF= -DOBJCOPY= -DOBJECTS= -DARCHIVES= -DOUT=
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result
    OUTPUT_VARIABLE said ERROR_VARIABLE complaint)
  if(NOT result EQUAL 0)
    list(GET ARGN 0 program)
    message(FATAL_ERROR "Sealing the library failed: ${program}: ${complaint}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

file(STRINGS ${OBJECTS} objects ENCODING UTF-8)

# A line of readelf: number, value, size, type, binding, visibility, section, name.
run(${READELF} -sW ${objects})
string(REGEX MATCHALL "(FUNC|TLS) +GLOBAL +DEFAULT +[0-9]+ +[^ \n]+" names "${said}")
list(TRANSFORM names REPLACE "^.* " "")
list(SORT names)
list(LENGTH names count)
if(count EQUAL 0)
  message(FATAL_ERROR "Sealing the library: no function is marked ETS_API")
endif()
list(JOIN names "\n" names)
file(WRITE ${OUT}/abi.txt "${names}\n")

# The compiler as linker knows the machine that the objects are for, given what says so.
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
list(FILTER flags INCLUDE REGEX "^(-m|-B|-fuse-ld=|--target=|--sysroot=)")
run(${CC} ${flags} -r -nostdlib -o ${OUT}/open.o ${objects}
  -Wl,--start-group ${ARCHIVES} -Wl,--end-group)
# GNU ld says the text of such a section where a program uses the symbol that its name ends in.
file(WRITE ${OUT}/warning
  "etsoap/stubs.h needs libetsoap-stubs.a instead of libetsoap, never both: each holds a gSOAP")
run(${OBJCOPY} --keep-global-symbols=${OUT}/abi.txt
  --add-section .gnu.warning.ets_stub_begin=${OUT}/warning ${OUT}/open.o ${OUT}/etsoap.o)
file(REMOVE ${OUT}/open.o)
