/**
 * What SES and SNS do in AWS between an accepted mail and the inbound queue: the spool that makes a
 * 250 durable, the fields that SES writes, the object, the notification. May use {@code
 * local.services}; knows nothing of functions.
 */
@NullMarked
package email.daimon.local.ses;

import org.jspecify.annotations.NullMarked;
