/* Values of enumerations as the contract spells them. */
#ifndef ETSIM_GROUND_WORD_H
#define ETSIM_GROUND_WORD_H

/* What a value of a member means: copies of the contract have other values, in other orders, and
 * call the enumeration otherwise. "unknown" for one that it does not have. */
const char *word_of(const char *type, const char *member, int value);

#endif
