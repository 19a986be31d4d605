/**
 * The links of a mail, what following each of them does, and which the mail wants followed.
 *
 * <p>May use {@code email.daimon.model}, {@code understand.html}, {@code understand.words}, the
 * registrable domain, and jsoup. No I/O but its data files.
 */
@NullMarked
package email.daimon.understand.links;

import org.jspecify.annotations.NullMarked;
