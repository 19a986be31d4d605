/**
 * How long a function takes from the start of its JVM to its first reply, with Lambda's own runtime
 * client and the zip that is deployed. May use local mode's services; no benchmark.
 */
@NullMarked
package email.daimon.bench.start;

import org.jspecify.annotations.NullMarked;
