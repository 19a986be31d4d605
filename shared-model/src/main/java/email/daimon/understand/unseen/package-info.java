/**
 * Characters that a reader does not see, and the texts they hide.
 *
 * <p>May use the JDK. No I/O.
 */
@NullMarked
package email.daimon.understand.unseen;

import org.jspecify.annotations.NullMarked;
