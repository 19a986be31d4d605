/**
 * What stands between a table's stream and Lambda in AWS: an event source mapping with its filter,
 * its retries and its failure destination. May use {@code local.lambda}, {@code local.stack},
 * {@code local.services} and DynamoDB Streams.
 */
@NullMarked
package email.daimon.local.streams;

import org.jspecify.annotations.NullMarked;
