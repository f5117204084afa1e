# etsoap_warnings(TARGET): the warnings that hand-written code is held to. Generated code has its
# own target without them.
function(etsoap_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    $<$<BOOL:${ETSOAP_WERROR}>:-Werror>)
endfunction()

if(ETSOAP_SANITIZE)
  add_compile_options(-fsanitize=${ETSOAP_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ETSOAP_SANITIZE})
endif()
