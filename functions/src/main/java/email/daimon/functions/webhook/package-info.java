/**
 * Webhooks: the planning of what each is told of an event, and the calls of customers' servers. May
 * use {@code store}, {@code queue} and Apache HttpClient; no other handler.
 */
@NullMarked
package email.daimon.functions.webhook;

import org.jspecify.annotations.NullMarked;
