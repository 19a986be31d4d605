/**
 * What a deployment costs and how much it bears: counted work times prices. Knows the tables beside
 * its classes and nothing else.
 */
@NullMarked
package email.daimon.local.operate.costs;

import org.jspecify.annotations.NullMarked;
