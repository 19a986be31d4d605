/**
 * Function {@code sweep}: what is due goes to its queue. May use {@code store} and {@code queue};
 * no other function.
 */
@NullMarked
package email.daimon.functions.sweep;

import org.jspecify.annotations.NullMarked;
