/**
 * Replies that nobody wrote: made of forms, in 40 languages, with what is right known by
 * construction.
 *
 * <p>Uses the JDK alone, and the forms in {@code src/test/resources/variants}.
 */
@NullMarked
package email.daimon.understand.testing;

import org.jspecify.annotations.NullMarked;
