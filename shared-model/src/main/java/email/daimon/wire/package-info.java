/**
 * The JSON that leaves and enters: envelope, errors, the shapes of resources with every alias. May
 * use {@code model}.
 */
@NullMarked
package email.daimon.wire;

import org.jspecify.annotations.NullMarked;
