/**
 * The REST API: one table of routes, one class per resource, and the pipeline that gives every
 * request the same order of refusals. May use {@code store}, {@code aws}, {@code billing} and the
 * shared model; no other function's package.
 */
@NullMarked
package email.daimon.functions.api;

import org.jspecify.annotations.NullMarked;
