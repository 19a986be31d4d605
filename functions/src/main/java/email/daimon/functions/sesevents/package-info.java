/**
 * Takes in what SES publishes of the mails that it sends. May use {@code reports}, {@code queue}
 * and {@code store}.
 */
@NullMarked
package email.daimon.functions.sesevents;

import org.jspecify.annotations.NullMarked;
