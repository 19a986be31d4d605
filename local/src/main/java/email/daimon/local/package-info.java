/** Placeholder replaced below. */
@NullMarked
package email.daimon.local;

import org.jspecify.annotations.NullMarked;
