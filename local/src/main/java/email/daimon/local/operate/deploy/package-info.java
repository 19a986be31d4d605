/**
 * {@code ./daimon deploy}: what is looked at before anything changes, what will be made, and the
 * run of SAM or CDK. May use its parent package, the template and the costs.
 */
@NullMarked
package email.daimon.local.operate.deploy;

import org.jspecify.annotations.NullMarked;
