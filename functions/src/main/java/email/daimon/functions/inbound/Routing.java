package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.policy.OwnAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose inboxes a mail goes to: by the envelope alone, never by To and Cc, so that Bcc and
 * forwarded mail arrives and nothing leaks. An inbox that is addressed twice gets it once.
 */
final class Routing {
  private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
  private final Inboxes inboxes;
  private final RecentAccounts accounts;
  private final Predicate<String> returned;

  /**
   * @param returned addresses that are for bounces, and never for an inbox
   */
  Routing(Inboxes inboxes, RecentAccounts accounts, Predicate<String> returned) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.returned = requireNonNull(returned, "returned is null");
  }

  /** The inboxes of the addresses that mails are for, by address. */
  Map<String, Inbox> inboxesOf(Collection<Notification> notifications) {
    Set<String> recipients = new LinkedHashSet<>();
    for (Notification notification : notifications) {
      notification.recipients().stream().filter(returned.negate()).forEach(recipients::add);
    }
    return inboxes.findByAddresses(recipients);
  }

  List<Destination> route(Notification notification, Map<String, Inbox> inboxesByAddress) {
    Map<String, Destination> byInbox = new LinkedHashMap<>();
    int unknown = 0;
    List<String> recipients = notification.recipients().stream().filter(returned.negate()).toList();
    for (String recipient : recipients) {
      Inbox inbox = inboxesByAddress.get(recipient);
      if (inbox == null) {
        unknown++;
      } else if (!byInbox.containsKey(inbox.id())) {
        byInbox.put(inbox.id(), destination(inbox, recipient));
      }
    }
    if (unknown > 0) {
      // A metric filter counts these lines; an answer would be backscatter.
      LOG.info("metric UnknownRecipients {} ses_id {}", unknown, notification.sesId());
    }
    return List.copyOf(byInbox.values());
  }

  private Destination destination(Inbox inbox, String recipient) {
    Account account =
        accounts
            .find(inbox.accountId())
            .orElseThrow(() -> new IllegalStateException("no account of " + inbox.id()));
    return new Destination(
        account, inbox, recipient, OwnAddress.parse(recipient).flatMap(OwnAddress::tag));
  }
}
