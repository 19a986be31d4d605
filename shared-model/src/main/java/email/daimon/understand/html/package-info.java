/**
 * HTML as its reader sees it: parsed once, rendered once, with the place of each element in the
 * text. Knows what is hidden.
 *
 * <p>May use {@code understand.css}, {@code understand.unseen} and jsoup. No I/O.
 */
@NullMarked
package email.daimon.understand.html;

import org.jspecify.annotations.NullMarked;
