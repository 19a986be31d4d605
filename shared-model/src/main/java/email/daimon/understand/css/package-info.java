/**
 * As much of CSS as decides whether text is seen: declarations, selectors, colours, media. Reads
 * style sheets within bounds; what it does not know it leaves out.
 *
 * <p>May use {@code understand.words} and jsoup. No I/O but its own resources.
 */
@NullMarked
package email.daimon.understand.css;

import org.jspecify.annotations.NullMarked;
