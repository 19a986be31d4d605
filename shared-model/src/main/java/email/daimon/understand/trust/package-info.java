/**
 * What speaks against believing a mail: text that its reader does not see, and text that tries to
 * instruct a machine.
 *
 * <p>May use {@code email.daimon.model}, {@code understand.html}, {@code understand.unseen} and
 * {@code understand.words}. No I/O.
 */
@NullMarked
package email.daimon.understand.trust;

import org.jspecify.annotations.NullMarked;
