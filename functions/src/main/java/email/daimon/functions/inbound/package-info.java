/**
 * Function {@code inbound}: from SES's notification of a mail to its rows in the inboxes. May use
 * {@code store} and {@code queue}; no other function.
 */
@NullMarked
package email.daimon.functions.inbound;

import org.jspecify.annotations.NullMarked;
