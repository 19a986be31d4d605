/**
 * Writing mail: mailboxes of callers, replies and forwards, the bytes on the wire (RFC 5322, 2045).
 *
 * <p>May use {@code mime}, {@code thread}, {@code policy}, {@code understand}, {@code model}; alone
 * may use mime4j and the HTML sanitizer. No I/O beyond the streams handed in.
 */
@NullMarked
package email.daimon.compose;

import org.jspecify.annotations.NullMarked;
