# Run by cpack when the files of a package are in their places, below its own scratch folder:
# folders are as in packages of the distribution, whatever the umask is here.
cmake_policy(VERSION 3.25)
set(folder "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
if(NOT folder MATCHES "^/.+/_CPack_Packages/.+")
  message(FATAL_ERROR "cpack's scratch folder is no such folder: '${folder}'")
endif()
file(GLOB_RECURSE paths LIST_DIRECTORIES true "${folder}/*")
foreach(path IN LISTS paths)
  if(IS_DIRECTORY "${path}" AND NOT IS_SYMLINK "${path}")
    file(CHMOD "${path}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
      WORLD_READ WORLD_EXECUTE)
  endif()
endforeach()
