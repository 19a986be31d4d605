/**
 * SES on this machine. In: the spool that makes a 250 durable, the fields that SES writes, the
 * object, the notification. Out: the API that takes mails, the outbox, the carrier that hands them
 * on and tells what became of them. May use {@code local.services} and {@code shared-model}; knows
 * nothing of functions.
 */
@NullMarked
package email.daimon.local.ses;

import org.jspecify.annotations.NullMarked;
