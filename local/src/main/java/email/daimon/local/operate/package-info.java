/**
 * What commands of operators share: signed calls of AWS, questions to DNS, other programs, the
 * terminal. May use the SDK's signer and the JDK; knows neither local mode nor handlers.
 */
@NullMarked
package email.daimon.local.operate;

import org.jspecify.annotations.NullMarked;
