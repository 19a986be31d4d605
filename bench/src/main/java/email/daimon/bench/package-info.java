/** Placeholder replaced below. */
@NullMarked
package email.daimon.bench;

import org.jspecify.annotations.NullMarked;
