# Steps of project.cmake. CPACK_ETSOAP_… come from CMakeLists.txt.

# Everything, below CPACK_ETSOAP_STAGE.
function(etsoap_stage)
  file(REMOVE_RECURSE ${CPACK_ETSOAP_STAGE})
  execute_process(COMMAND ${CMAKE_COMMAND} --install ${CPACK_ETSOAP_BUILD} ${ARGV}
    --prefix ${CPACK_ETSOAP_STAGE} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

# When this was released: SOURCE_DATE_EPOCH, or the commit, or what a tarball says of its files.
function(etsoap_release_time result)
  set(seconds "$ENV{SOURCE_DATE_EPOCH}")
  if(NOT seconds AND EXISTS ${CPACK_ETSOAP_SOURCE}/.git) # a tarball may lie in another's repository
    execute_process(COMMAND git -C ${CPACK_ETSOAP_SOURCE} log -1 --format=%ct
      OUTPUT_VARIABLE seconds OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  if(NOT seconds)
    file(TIMESTAMP ${CPACK_ETSOAP_SOURCE}/CHANGELOG.md seconds "%s")
  endif()
  set(${result} ${seconds} PARENT_SCOPE)
endfunction()

function(etsoap_gzip)
  execute_process(COMMAND gzip -9nf ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Per package: copyright and changes, as Debian wants them; pages of the manual compressed.
function(etsoap_gather_documents generator)
  etsoap_release_time(seconds)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C date -u -R -d "@${seconds}"
    OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  foreach(package IN LISTS CPACK_COMPONENTS_ALL)
    set(folder ${CPACK_ETSOAP_STAGE}/share/doc/${package})
    file(MAKE_DIRECTORY ${folder})
    configure_file(${CPACK_ETSOAP_SOURCE}/tools/packaging/copyright ${folder}/copyright COPYONLY)
    file(READ ${CPACK_ETSOAP_SOURCE}/CHANGELOG.md changes)
    file(WRITE ${folder}/changelog "${changes}")
    etsoap_gzip(${folder}/changelog)
    if(generator STREQUAL "DEB")
      file(WRITE ${folder}/changelog.Debian
        "etsoap (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; "
        "urgency=medium\n\n  * Built by cpack; changelog.gz says what changed.\n\n"
        " -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
      etsoap_gzip(${folder}/changelog.Debian)
    endif()
  endforeach()
  if(generator STREQUAL "DEB")
    configure_file(${CPACK_ETSOAP_SOURCE}/tools/packaging/doc-base
      ${CPACK_ETSOAP_STAGE}/share/doc-base/etsoap-doc.etsoap COPYONLY)
  endif()
  file(GLOB_RECURSE manual ${CPACK_ETSOAP_STAGE}/share/man/*.[1-9])
  foreach(page IN LISTS manual)
    if(IS_SYMLINK ${page})
      file(READ_SYMLINK ${page} target)
      file(CREATE_LINK ${target}.gz ${page}.gz SYMBOLIC)
      file(REMOVE ${page})
    else()
      etsoap_gzip(${page})
    endif()
  endforeach()
  # What is made here has the permissions of the umask; nothing there is run.
  file(CHMOD_RECURSE ${CPACK_ETSOAP_STAGE}/share FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ
    WORLD_READ)
endfunction()

# The packages that FILE... are linked with, for Depends.
function(etsoap_linked_packages result)
  set(folder ${CPACK_ETSOAP_STAGE}.shlibdeps)
  file(MAKE_DIRECTORY ${folder}/debian)
  file(WRITE ${folder}/debian/control "")
  list(TRANSFORM ARGN PREPEND ${CPACK_ETSOAP_STAGE}/)
  execute_process(COMMAND dpkg-shlibdeps --ignore-missing-info -O
    -l${CPACK_ETSOAP_STAGE}/${CPACK_ETSOAP_LIBDIR} ${ARGN}
    WORKING_DIRECTORY ${folder} OUTPUT_VARIABLE said ERROR_VARIABLE complaint RESULT_VARIABLE code
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  file(REMOVE_RECURSE ${folder})
  if(NOT code EQUAL 0 OR NOT said MATCHES "^shlibs:Depends=(.+)$")
    message(FATAL_ERROR "dpkg-shlibdeps does not say what ${ARGN} depend on: ${complaint}")
  endif()
  set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

# ", PACKAGE" of what is loaded under the name FILE, which no tool sees in the binary.
function(etsoap_loaded_package result file)
  set(${result} "" PARENT_SCOPE)
  if(file)
    execute_process(COMMAND dpkg-query -S "*/${file}" OUTPUT_VARIABLE said ERROR_QUIET)
    if(NOT said MATCHES "^([^:,\n]+)")
      message(FATAL_ERROR "no package of this machine has ${file}, which is loaded at run time")
    endif()
    set(${result} ", ${CMAKE_MATCH_1}" PARENT_SCOPE)
  endif()
endfunction()
