/**
 * Secrets of customers, as the tables may hold them. May use the store and the KMS client; no
 * handler.
 */
@NullMarked
package email.daimon.functions.secrets;

import org.jspecify.annotations.NullMarked;
