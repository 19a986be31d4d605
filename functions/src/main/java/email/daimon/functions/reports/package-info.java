/**
 * What comes back of a mail after it was sent: the desk that reports go to, the addresses that
 * bounces come to, and bounces that come as mail. May use {@code store} and {@code shared-model};
 * no handler.
 */
@NullMarked
package email.daimon.functions.reports;

import org.jspecify.annotations.NullMarked;
