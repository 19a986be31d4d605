/**
 * SMTP (RFC 5321): the door by which mail comes in, up to the spool, and the relay by which it may
 * leave. May use {@code local.ses} and SubEthaSMTP; asks one question of the platform, whether a
 * recipient is known.
 */
@NullMarked
package email.daimon.local.smtp;

import org.jspecify.annotations.NullMarked;
