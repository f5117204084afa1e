# Manual pages, into <build>/man. Those of section 1 are what the programs print of the tables that
# their --help is made of; sections 3, 5 and 7 are made of the public headers and of the pages here.
# Included by docs/CMakeLists.txt.
set(man ${PROJECT_BINARY_DIR}/man)
set(man_pages)

# PROGRAM [COMMAND...]: a page for the program and one for each command.
function(etsoap_command_pages program)
  set(pages)
  foreach(command IN ITEMS "" LISTS ARGN)
    set(name ${program})
    set(call ${program} help --man ${command})
    if(command)
      set(name ${program}-${command})
    endif()
    if(NOT ARGN)
      set(call ${program} --man)
    endif()
    add_custom_command(OUTPUT ${man}/man1/${name}.1
      COMMAND ${CMAKE_COMMAND} -E make_directory ${man}/man1
      COMMAND ${call} > ${man}/man1/${name}.1
      DEPENDS ${program}
      COMMENT "Manual page ${name}(1)"
      VERBATIM)
    list(APPEND pages ${man}/man1/${name}.1)
  endforeach()
  set(man_pages ${man_pages} ${pages} PARENT_SCOPE)
endfunction()

foreach(program ettrack etwsdl)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/${program}/commands/*.c)
  set(commands)
  foreach(file IN LISTS files)
    get_filename_component(command ${file} NAME_WE)
    file(STRINGS ${file} defined REGEX "^const struct command command_${command} =")
    if(defined)
      list(APPEND commands ${command})
    endif()
  endforeach()
  etsoap_command_pages(${program} ${commands})
endforeach()
etsoap_command_pages(etsim)

file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/include/etsoap/*.h)
list(FILTER headers EXCLUDE REGEX "/visibility\\.h$")
file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/*.md)
add_custom_command(OUTPUT ${man}/others.stamp
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${man}/man3 ${man}/man5 ${man}/man7
  COMMAND ${CMAKE_COMMAND} -E make_directory ${man}/man3 ${man}/man5 ${man}/man7
  COMMAND manual --docs ${PROJECT_SOURCE_DIR}/docs -o ${man} ${headers}
  COMMAND ${CMAKE_COMMAND} -E touch ${man}/others.stamp
  DEPENDS manual ${headers} ${pages}
  COMMENT "Manual pages of the library and of docs/"
  VERBATIM)

add_custom_target(man ALL DEPENDS ${man_pages} ${man}/others.stamp)
install(DIRECTORY ${man}/man1 ${man}/man3 ${man}/man5 ${man}/man7
  DESTINATION ${CMAKE_INSTALL_MANDIR})
