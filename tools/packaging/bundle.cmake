# The archive of the programs, below CMAKE_INSTALL_PREFIX: bin/ has what starts them (launch.c),
# libexec/ the programs, lib/ the loader and every library that they load, the C library included.
# Included by the script that install.cmake.in becomes: stage, launchers, libdir, loaded.
set(top ${CMAKE_INSTALL_PREFIX})
set(programs ettrack etsim etwsdl)
set(runnable OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
  WORLD_EXECUTE)
file(MAKE_DIRECTORY ${top}/bin ${top}/libexec ${top}/lib)

foreach(program IN LISTS programs)
  if(NOT EXISTS ${launchers}/${program})
    message(FATAL_ERROR "${launchers}/${program} is missing: build target launchers (it needs a "
      "static C library), then run cpack again")
  endif()
  file(INSTALL ${launchers}/${program} DESTINATION ${top}/bin PERMISSIONS ${runnable})
  file(INSTALL ${stage}/bin/${program} DESTINATION ${top}/libexec USE_SOURCE_PERMISSIONS)
endforeach()

# What ldd says of PROGRAM or library: "NAME => FILE (ADDRESS)" and the loader, "FILE (ADDRESS)".
function(libraries_of result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LD_LIBRARY_PATH=${stage}/${libdir} ldd ${ARGN}
    OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  if(said MATCHES "\t([^\n]+) => not found")
    message(FATAL_ERROR "${CMAKE_MATCH_1} is not there, and ${ARGN} need it")
  endif()
  string(REGEX MATCHALL "(\t|=> )/[^\n]+ \\(0x" files "${said}")
  list(TRANSFORM files REPLACE "^(\t|=> )|( \\(0x)$" "")
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

list(TRANSFORM programs PREPEND ${stage}/bin/ OUTPUT_VARIABLE roots)
libraries_of(files ${roots})
foreach(name IN LISTS loaded)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C /sbin/ldconfig -p OUTPUT_VARIABLE known)
  string(REPLACE "." "[.]" pattern "${name}")
  if(NOT known MATCHES "\t${pattern} [^\n]*=> ([^\n]+)")
    message(FATAL_ERROR "the loader does not know ${name}")
  endif()
  set(file ${CMAKE_MATCH_1})
  libraries_of(more ${file})
  list(APPEND files ${file} ${more})
endforeach()
list(REMOVE_DUPLICATES files)

set(packages_of_libraries "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  get_filename_component(real ${file} REALPATH)
  if(NOT EXISTS ${top}/lib/${name})
    file(COPY_FILE ${real} ${top}/lib/${name})
    file(CHMOD ${top}/lib/${name} PERMISSIONS ${runnable})
  endif()
  # Their terms go with them, where the system has packages.
  execute_process(COMMAND dpkg-query -S "*${name}" OUTPUT_VARIABLE said ERROR_QUIET
    RESULT_VARIABLE code)
  if(code EQUAL 0 AND said MATCHES "^([^:,\n]+)" AND EXISTS
      /usr/share/doc/${CMAKE_MATCH_1}/copyright)
    list(APPEND packages_of_libraries ${CMAKE_MATCH_1})
  endif()
endforeach()
list(REMOVE_DUPLICATES packages_of_libraries)
foreach(package IN LISTS packages_of_libraries)
  file(MAKE_DIRECTORY ${top}/share/doc/${package})
  file(COPY_FILE /usr/share/doc/${package}/copyright ${top}/share/doc/${package}/copyright)
endforeach()

file(INSTALL ${stage}/share DESTINATION ${top} USE_SOURCE_PERMISSIONS
  PATTERN contract EXCLUDE PATTERN man3 EXCLUDE)
