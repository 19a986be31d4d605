/** AWS clients, made in one place. May use the AWS SDK; nothing of the product. */
@NullMarked
package email.daimon.functions.aws;

import org.jspecify.annotations.NullMarked;
