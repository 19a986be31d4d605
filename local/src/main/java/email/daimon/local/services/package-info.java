/**
 * The emulated services in this process, the SDK clients that reach them, and the faults put back
 * in that emulators hide. May use {@code local.stack} and the emulators; knows nothing of mail.
 */
@NullMarked
package email.daimon.local.services;

import org.jspecify.annotations.NullMarked;
