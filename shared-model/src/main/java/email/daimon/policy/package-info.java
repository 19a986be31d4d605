/**
 * Rules of the product as small pure classes: tiers and their limits, names, receive rules. May use
 * {@code model}.
 */
@NullMarked
package email.daimon.policy;

import org.jspecify.annotations.NullMarked;
