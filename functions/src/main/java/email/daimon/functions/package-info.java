/** Placeholder replaced below. */
@NullMarked
package email.daimon.functions;

import org.jspecify.annotations.NullMarked;
