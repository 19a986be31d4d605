/**
 * Calls a function as Lambda does: JSON in, through Lambda's own codec, to the handler and back.
 * May use the functions' wiring, {@code local.stack}, and counts by {@code local.services}.
 */
@NullMarked
package email.daimon.local.lambda;

import org.jspecify.annotations.NullMarked;
