/**
 * What the operator may do beyond the API: accounts, their tiers, statuses and keys, and the inbox
 * of the reserved names. May use {@code store}, the wiring and the shared model; no HTTP, and no
 * function uses it.
 */
@NullMarked
package email.daimon.functions.admin;

import org.jspecify.annotations.NullMarked;
