/**
 * The things the platform keeps: accounts, keys, inboxes, messages, threads, events. Values only;
 * no rule that needs a clock, no storage, no JSON shape of the API (that is {@code wire}).
 */
@NullMarked
package email.daimon.model;

import org.jspecify.annotations.NullMarked;
