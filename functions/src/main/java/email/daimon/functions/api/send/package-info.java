/**
 * The routes of sending: mails, answers, forwards, drafts, uploads, suppressions. May use what
 * {@code api} may, {@code api} itself and {@code queue}; no other function's package.
 */
@NullMarked
package email.daimon.functions.api.send;

import org.jspecify.annotations.NullMarked;
