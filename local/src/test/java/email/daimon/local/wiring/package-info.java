/**
 * template.yaml held against what the functions do: their calls and lookups, recorded in a story of
 * the whole, and the stack's own rules. May use local mode as a whole.
 */
@NullMarked
package email.daimon.local.wiring;

import org.jspecify.annotations.NullMarked;
