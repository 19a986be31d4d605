/**
 * The JSON that leaves and enters: envelope, errors, the shapes of resources with every alias. May
 * use {@code model} and {@code policy}.
 */
@NullMarked
package email.daimon.wire;

import org.jspecify.annotations.NullMarked;
