/**
 * template.yaml read and resolved: tables, queues, bucket, functions with their environment and
 * events. May use SnakeYAML, Jackson and the SDK's request types; starts nothing.
 */
@NullMarked
package email.daimon.local.stack;

import org.jspecify.annotations.NullMarked;
