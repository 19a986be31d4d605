/**
 * Trains the judge of instructions to machines, and measures it on what it has not seen.
 *
 * <p>May use {@code email.daimon.understand} and the JDK. Same texts, same bytes.
 */
@NullMarked
package email.daimon.bench.judge;

import org.jspecify.annotations.NullMarked;
