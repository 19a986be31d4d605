/**
 * Function {@code api-wait}: the calls that are held until something happens, within their caps.
 * May use the pipeline of {@code api}, and {@code store}; no other function.
 */
@NullMarked
package email.daimon.functions.wait;

import org.jspecify.annotations.NullMarked;
