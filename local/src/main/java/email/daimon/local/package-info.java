/**
 * The same functions on one machine: the command, its settings and what it prints. May use every
 * package below it and the functions; nothing else may use this package.
 */
@NullMarked
package email.daimon.local;

import org.jspecify.annotations.NullMarked;
