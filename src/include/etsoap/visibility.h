/** @file
 * Visibility of the public functions. */
#ifndef ETSOAP_VISIBILITY_H
#define ETSOAP_VISIBILITY_H

/** @cond */
#if defined(ETSOAP_SEALED) && defined(ETSOAP_STUBS)
#error "etsoap and etsoap-stubs in one program: each holds a gSOAP; link etsoap-stubs alone"
#endif

#ifdef __cplusplus
#define ETS_BEGIN_DECLS extern "C" {
#define ETS_END_DECLS }
#else
#define ETS_BEGIN_DECLS
#define ETS_END_DECLS
#endif

#if defined(__GNUC__)
#define ETS_API __attribute__((visibility("default")))
#define ETS_WARN_UNUSED __attribute__((warn_unused_result))
#define ETS_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define ETS_API
#define ETS_WARN_UNUSED
#define ETS_PRINTF(text, first)
#endif
/** @endcond */

#endif
