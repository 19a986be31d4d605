/**
 * Words of many languages, compared without regard to case, accents and width, found in one pass;
 * places in texts.
 *
 * <p>May use {@code email.daimon.model}; vocabularies are read from the class path. No other I/O.
 */
@NullMarked
package email.daimon.understand.words;

import org.jspecify.annotations.NullMarked;
