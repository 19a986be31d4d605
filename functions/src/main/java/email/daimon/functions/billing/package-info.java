/**
 * How accounts pay: the seam to a payment provider, the providers, and the upgrade that takes a
 * payment and raises the tier. May use {@code store} and the shared model; no handler, no HTTP.
 */
@NullMarked
package email.daimon.functions.billing;

import org.jspecify.annotations.NullMarked;
