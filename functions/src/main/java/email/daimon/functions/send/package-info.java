/**
 * Sending: the worker that composes a stored message and hands it to a transport, and the
 * transports. May use {@code store} and {@code queue}; nothing of the API.
 */
@NullMarked
package email.daimon.functions.send;

import org.jspecify.annotations.NullMarked;
