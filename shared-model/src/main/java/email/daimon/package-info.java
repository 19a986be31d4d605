/**
 * What mail is and the rules about it. Pure Java: no AWS, no HTTP, no clock, no I/O but its data
 * files.
 */
@NullMarked
package email.daimon;

import org.jspecify.annotations.NullMarked;
