/**
 * What is new in a mail, and what is quoted, signed or forwarded.
 *
 * <p>May use {@code email.daimon.model}, {@code understand.html}, {@code understand.words} and
 * jsoup. No I/O.
 */
@NullMarked
package email.daimon.understand.reply;

import org.jspecify.annotations.NullMarked;
