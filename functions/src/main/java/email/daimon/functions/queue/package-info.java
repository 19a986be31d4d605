/**
 * Sending to queues, and deferral: waiting without failing. May use the AWS SDK and the values of
 * {@code store}; no table, no handler.
 */
@NullMarked
package email.daimon.functions.queue;

import org.jspecify.annotations.NullMarked;
