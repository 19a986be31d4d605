/**
 * Codes that the reader of a mail is to type. Rather none than a guess.
 *
 * <p>May use {@code email.daimon.model}, {@code understand.words} and the words of {@code
 * understand.links}. No I/O but its data file.
 */
@NullMarked
package email.daimon.understand.codes;

import org.jspecify.annotations.NullMarked;
