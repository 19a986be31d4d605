/**
 * Where things are kept: one small interface per aggregate, its DynamoDB and S3 implementation,
 * codecs, and the one unit of work that commits. May use {@code aws} and the shared model; no
 * handler, no HTTP.
 */
@NullMarked
package email.daimon.functions.store;

import org.jspecify.annotations.NullMarked;
