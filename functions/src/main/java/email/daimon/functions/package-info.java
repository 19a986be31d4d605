/**
 * The functions of the platform, one package each, and how they are wired. No logic lives here:
 * only settings and the composition root.
 */
@NullMarked
package email.daimon.functions;

import org.jspecify.annotations.NullMarked;
