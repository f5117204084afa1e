# The source tarball, run by cpack: what git has of the commit, or all files of a tree that was such
# a tarball itself. The same bytes each time: names in order, the time of the commit, no owner.
cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/stage.cmake)

set(name ${CPACK_PACKAGE_FILE_NAME})
set(folder ${CPACK_TOPLEVEL_DIRECTORY}/source)
set(tarball ${CPACK_PACKAGE_DIRECTORY}/${name}.tar)
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder}/${name})

if(EXISTS ${CPACK_ETSOAP_SOURCE}/.git)
  execute_process(COMMAND git -C ${CPACK_ETSOAP_SOURCE} status --porcelain
    OUTPUT_VARIABLE changed COMMAND_ERROR_IS_FATAL ANY)
  if(changed)
    message(WARNING "What is not committed is not in the tarball:\n${changed}")
  endif()
  execute_process(COMMAND git -C ${CPACK_ETSOAP_SOURCE} archive HEAD
    COMMAND tar -x -C ${folder}/${name} COMMAND_ERROR_IS_FATAL ANY)
else()
  execute_process(COMMAND tar -c -C ${CPACK_ETSOAP_SOURCE} --exclude=./build --exclude=./build-* .
    COMMAND tar -x -C ${folder}/${name} COMMAND_ERROR_IS_FATAL ANY)
endif()

etsoap_release_time(seconds)
execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C tar -cf ${tarball} -C ${folder}
  --format=ustar --sort=name --mtime=@${seconds} --owner=0 --group=0 --numeric-owner
  --mode=u+rw,go=rX ${name} COMMAND_ERROR_IS_FATAL ANY)
etsoap_gzip(${tarball})
file(SHA256 ${tarball}.gz sum)
file(WRITE ${tarball}.gz.sha256 "${sum}  ${name}.tar.gz\n")
file(REMOVE_RECURSE ${folder})
message(STATUS "${tarball}.gz ${sum}")
