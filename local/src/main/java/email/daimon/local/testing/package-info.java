/**
 * The emulated services, and the whole of local mode, started in the process of a test. May use
 * everything of local mode; only tests and benchmarks may use it.
 */
@NullMarked
package email.daimon.local.testing;

import org.jspecify.annotations.NullMarked;
