/* What a request is signed with. Auth makes it, the envelope's header carries it. */
#ifndef ETS_CREDENTIAL_H
#define ETS_CREDENTIAL_H

enum ets_credential_kind {
  ETS_CREDENTIAL_NONE,
  ETS_CREDENTIAL_USERNAME, /* UsernameToken with the password as text */
  ETS_CREDENTIAL_DIGEST,   /* UsernameToken with a digest of the password */
  ETS_CREDENTIAL_TOKEN     /* fueloauth */
};

/* Borrowed from who made it, until its credentials change. */
struct ets_credential {
  enum ets_credential_kind kind;
  char *name;           /* of the user; NULL for a token */
  char *secret;         /* password or token */
  const char *endpoint; /* of the SOAP API that a fetched token is for; NULL: not told */
};

#endif
