package email.daimon.functions.inbound;

import email.daimon.model.Account;
import email.daimon.model.Inbox;
import java.util.Optional;

/**
 * An inbox that a mail is for.
 *
 * @param deliveredTo the envelope's address, as the sender's server gave it
 * @param tag of {@code user+tag@}
 */
record Destination(Account account, Inbox inbox, String deliveredTo, Optional<String> tag) {}
