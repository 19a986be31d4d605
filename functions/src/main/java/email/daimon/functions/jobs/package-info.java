/**
 * Function {@code jobs}: bulk work, a chunk at a time. May use {@code store} and {@code queue}; no
 * other function.
 */
@NullMarked
package email.daimon.functions.jobs;

import org.jspecify.annotations.NullMarked;
