/**
 * What the functions' calls ask of their roles, as IAM would: local mode lets through what
 * template.yaml allows. May use the SDK's clients and requests, and the stack; starts nothing.
 */
@NullMarked
package email.daimon.local.roles;

import org.jspecify.annotations.NullMarked;
