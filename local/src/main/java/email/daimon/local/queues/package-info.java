/**
 * What stands between SQS, EventBridge and Lambda in AWS: event source mappings that poll, delete
 * and give back, and schedules. May use {@code local.lambda}, {@code local.stack} and SQS.
 */
@NullMarked
package email.daimon.local.queues;

import org.jspecify.annotations.NullMarked;
