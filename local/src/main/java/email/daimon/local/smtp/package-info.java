/**
 * The SMTP door: the conversation with a mail server (RFC 5321), up to the spool. May use {@code
 * local.ses} and SubEthaSMTP; asks one question of the platform, whether a recipient is known.
 */
@NullMarked
package email.daimon.local.smtp;

import org.jspecify.annotations.NullMarked;
