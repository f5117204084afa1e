/** @file
 * What keeps the two forms of the library out of one program. Linkers refuse a name that one file
 * means as thread-local and another does not, in any order of files and for shared libraries too,
 * where they take two definitions of a function without a word. The sealed forms define this one,
 * the open form refers to it: the name is the sentence that the linker says. What a linker that
 * does not look (lld) makes of both is refused by the first stub call. */
#ifndef ETSOAP_OPERATIONS_FORM_H
#define ETSOAP_OPERATIONS_FORM_H

#ifdef ETSOAP_STUBS
extern const char ets_stubs_and_sealed_etsoap_in_one_program __attribute__((weak));
#else
extern _Thread_local char ets_stubs_and_sealed_etsoap_in_one_program
    __attribute__((visibility("default")));
#endif

#endif
