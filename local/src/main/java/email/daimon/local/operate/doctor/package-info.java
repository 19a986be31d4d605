/**
 * {@code ./daimon doctor}: what DNS says of a mail domain and what it should, and whether a mail
 * comes through. May use its parent package and HTTP.
 */
@NullMarked
package email.daimon.local.operate.doctor;

import org.jspecify.annotations.NullMarked;
