/**
 * The routes of webhooks, as their owners use them. May use what {@code api} may, {@code api}
 * itself, {@code queue}, {@code secrets} and of {@code webhook} what sends; no other function's
 * package.
 */
@NullMarked
package email.daimon.functions.api.hooks;

import org.jspecify.annotations.NullMarked;
