/** Stand-ins for AWS, DNS and other programs, for the tests of operators' commands. */
@NullMarked
package email.daimon.local.operate.testing;

import org.jspecify.annotations.NullMarked;
