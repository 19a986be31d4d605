/**
 * What a function runs before a snapshot of it is taken, so that its copies find everything loaded
 * and compiled. May use the wiring, the SDK and values of the store; no handler.
 */
@NullMarked
package email.daimon.functions.priming;

import org.jspecify.annotations.NullMarked;
