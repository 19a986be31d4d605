/**
 * The HTTP port: API Gateway's payload 2.0 to the functions and back, readiness, and the door for
 * tests under /dev. May use Jetty and the other packages of local mode but {@code testing}.
 */
@NullMarked
package email.daimon.local.http;

import org.jspecify.annotations.NullMarked;
