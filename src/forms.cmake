# The three forms of the library, out of one set of objects. Included by src/CMakeLists.txt.
#
# gSOAP gives every client the same global names, so bindings and runtime are sealed: linked into
# one relocatable object in which nothing is global but the functions marked ETS_API. libetsoap.a
# and libetsoap.so are that object. Who calls the generated stubs needs them visible, in
# libetsoap-stubs.a, and then has one gSOAP in the program.

# The objects of every form: POSIX is the library's own affair, not that of its users.
function(etsoap_hand_written target)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}
    ${CMAKE_CURRENT_SOURCE_DIR}/include)
  target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200809L)
  target_compile_options(${target} PRIVATE -fno-lto)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  etsoap_warnings(${target})
endfunction()

# FORM is what headers know the form by.
function(etsoap_headers target form)
  target_include_directories(${target} INTERFACE
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_compile_definitions(${target} INTERFACE ${form})
endfunction()

etsoap_hand_written(etsoap_objects)
target_link_libraries(etsoap_objects PRIVATE etsoap_bindings ${etsoap_needs})
add_library(etsoap_sealed_mark OBJECT operations/sealed.c)
etsoap_hand_written(etsoap_sealed_mark)

# Sealed. Of the bindings only what the library uses goes in.
if(NOT gSOAP_SSL_LIBRARY MATCHES "\\.a$")
  message(FATAL_ERROR "gSOAP's runtime is sealed into the library, so the static one is needed: "
    "${gSOAP_SSL_LIBRARY} is not. Set gSOAP_SSL_LIBRARY to the path of libgsoapssl.a.")
endif()
set(sealed ${CMAKE_CURRENT_BINARY_DIR}/sealed)
file(GENERATE OUTPUT ${sealed}/objects CONTENT
  "$<JOIN:$<TARGET_OBJECTS:etsoap_objects>,\n>\n$<TARGET_OBJECTS:etsoap_sealed_mark>\n"
  TARGET etsoap_objects)
# What a makefile can wait for: it knows no objects of another target. Fuzz targets link it too:
# what they call needs no bindings, and those take a compiler of sanitizers minutes.
add_library(etsoap_gathered STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:etsoap_objects>
  $<TARGET_OBJECTS:etsoap_sealed_mark>)
set_target_properties(etsoap_gathered PROPERTIES LINKER_LANGUAGE C)
etsoap_headers(etsoap_gathered ETSOAP_SEALED)
target_link_libraries(etsoap_gathered INTERFACE ${etsoap_needs})

add_custom_command(OUTPUT ${sealed}/etsoap.o ${sealed}/abi.txt
  COMMAND ${CMAKE_COMMAND}
    -DCC=${CMAKE_C_COMPILER}
    "-DFLAGS=${CMAKE_C_FLAGS}"
    -DREADELF=${CMAKE_READELF}
    -DOBJCOPY=${CMAKE_OBJCOPY}
    -DOBJECTS=${sealed}/objects
    "-DARCHIVES=$<TARGET_FILE:etsoap_bindings>;${gSOAP_SSL_LIBRARY}"
    -DOUT=${sealed}
    -P ${CMAKE_CURRENT_SOURCE_DIR}/seal.cmake
  DEPENDS etsoap_bindings etsoap_gathered ${gSOAP_SSL_LIBRARY} seal.cmake
    ${sealed}/objects
  COMMENT "Sealing the library"
  VERBATIM)
add_custom_target(etsoap_sealed DEPENDS ${sealed}/etsoap.o ${sealed}/abi.txt)
set_source_files_properties(${sealed}/etsoap.o PROPERTIES GENERATED TRUE EXTERNAL_OBJECT TRUE)

add_library(etsoap_static STATIC ${sealed}/etsoap.o)
add_library(etsoap_shared SHARED ${sealed}/etsoap.o)
foreach(form static shared)
  add_dependencies(etsoap_${form} etsoap_sealed)
  etsoap_headers(etsoap_${form} ETSOAP_SEALED)
  target_link_libraries(etsoap_${form} PRIVATE ${etsoap_needs})
  # etsoap_stubs looks at the property in whatever links it.
  set_target_properties(etsoap_${form} PROPERTIES
    OUTPUT_NAME etsoap
    EXPORT_NAME ${form}
    LINKER_LANGUAGE C
    INTERFACE_ETSOAP_SEALED ON
    COMPATIBLE_INTERFACE_BOOL ETSOAP_SEALED
    EXPORT_PROPERTIES COMPATIBLE_INTERFACE_BOOL)
endforeach()
# The file is called by the number of its interface, which is not the version's: semantic
# versioning promises nothing before 1.0, the soname does.
set_target_properties(etsoap_shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0)
target_link_options(etsoap_shared PRIVATE LINKER:-z,text LINKER:-Bsymbolic-functions
  LINKER:--as-needed)
if(NOT ETSOAP_SANITIZE) # sanitizers are found in the program
  target_link_options(etsoap_shared PRIVATE LINKER:-z,defs)
endif()

# Open.
add_library(etsoap_stubs STATIC operations/stubs.c
  $<TARGET_OBJECTS:etsoap_objects> $<TARGET_OBJECTS:etsoap_bindings>)
add_dependencies(etsoap_stubs generate)
etsoap_hand_written(etsoap_stubs)
etsoap_headers(etsoap_stubs ETSOAP_STUBS)
target_compile_definitions(etsoap_stubs PRIVATE ETSOAP_STUBS)
target_include_directories(etsoap_stubs SYSTEM PUBLIC
  $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>)
target_link_libraries(etsoap_stubs PUBLIC gSOAP::ssl PRIVATE ${etsoap_needs})
# The runtime in turn looks for what the bindings define.
set_property(TARGET gSOAP::ssl APPEND PROPERTY INTERFACE_LINK_LIBRARIES etsoap_stubs)
set_target_properties(etsoap_stubs PROPERTIES OUTPUT_NAME etsoap-stubs EXPORT_NAME stubs)
# Asks for a target of that name, which there is not: the error shows it, and the line that links.
string(CONCAT both "etsoap::etsoap and etsoap::stubs in one program: each holds a gSOAP and a "
  "session of one is nothing to the other. etsoap::stubs has all functions of etsoap::etsoap. "
  "Link it alone")
set_property(TARGET etsoap_stubs APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS
  "$<$<BOOL:$<TARGET_PROPERTY:ETSOAP_SEALED>>:$<TARGET_FILE:${both}>>")

# The names that other projects know, for those who add this tree to theirs.
add_library(etsoap::static ALIAS etsoap_static)
add_library(etsoap::shared ALIAS etsoap_shared)
add_library(etsoap::stubs ALIAS etsoap_stubs)
if(BUILD_SHARED_LIBS)
  add_library(etsoap::etsoap ALIAS etsoap_shared)
else()
  add_library(etsoap::etsoap ALIAS etsoap_static)
endif()

add_custom_target(abi-accept
  COMMAND ${CMAKE_COMMAND} -E copy ${sealed}/abi.txt ${CMAKE_CURRENT_SOURCE_DIR}/abi.txt
  DEPENDS etsoap_sealed
  COMMENT "Rewriting src/abi.txt from what is marked ETS_API"
  VERBATIM)
