/**
 * The benchmarks behind {@code ./daimon bench}: they start what a user starts and measure it from
 * outside. They may use everything; nothing may use them.
 */
@NullMarked
package email.daimon.bench;

import org.jspecify.annotations.NullMarked;
