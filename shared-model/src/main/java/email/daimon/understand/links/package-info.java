/**
 * Links, and which of them the mail wants followed.
 *
 * <p>May use {@code email.daimon.model}, {@code understand.html} and jsoup. No I/O.
 */
@NullMarked
package email.daimon.understand.links;

import org.jspecify.annotations.NullMarked;
