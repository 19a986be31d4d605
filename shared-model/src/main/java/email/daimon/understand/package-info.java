/**
 * What a mail says and who said it: fresh text, links, preview, verified sender.
 *
 * <p>May use {@code email.daimon.mime}, {@code email.daimon.model}, addresses of {@code
 * email.daimon.policy}, jsoup and Guava's public suffix list. No I/O.
 */
@NullMarked
package email.daimon.understand;

import org.jspecify.annotations.NullMarked;
