/**
 * Mail as bytes becomes {@link email.daimon.mime.Mail}: MIME structure, charsets, headers, bounds.
 *
 * <p>May use {@code email.daimon.thread} for message ids and the values of {@code
 * email.daimon.model}. No I/O beyond the streams handed in.
 */
@NullMarked
package email.daimon.mime;

import org.jspecify.annotations.NullMarked;
