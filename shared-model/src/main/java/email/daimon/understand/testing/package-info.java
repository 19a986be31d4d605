/**
 * Measures what is understood against mails whose truth is known.
 *
 * <p>May use {@code email.daimon.mime}, {@code email.daimon.understand} and Jackson. No I/O.
 */
@NullMarked
package email.daimon.understand.testing;

import org.jspecify.annotations.NullMarked;
