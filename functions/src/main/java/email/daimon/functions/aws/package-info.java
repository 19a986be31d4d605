/** AWS clients, made in one place. May use the AWS SDK; of the product, only its root. */
@NullMarked
package email.daimon.functions.aws;

import org.jspecify.annotations.NullMarked;
