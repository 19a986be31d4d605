/**
 * Calls a function as Lambda does: JSON in, through Lambda's own codec, to the handler and back.
 * May use the functions' wiring and {@code local.stack}.
 */
@NullMarked
package email.daimon.local.lambda;

import org.jspecify.annotations.NullMarked;
