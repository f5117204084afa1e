# Run by the build after contract.cmake, in the folder of its stamp: fails when there is none.
if(NOT EXISTS contract.stamp)
  message(FATAL_ERROR "The contract is refused; what is wrong with it stands above.")
endif()
file(TOUCH accepted.stamp)
