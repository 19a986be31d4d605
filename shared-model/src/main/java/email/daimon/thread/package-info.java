/**
 * What ties mails into conversations: message ids, references, base subjects.
 *
 * <p>May use nothing but the JDK.
 */
@NullMarked
package email.daimon.thread;

import org.jspecify.annotations.NullMarked;
