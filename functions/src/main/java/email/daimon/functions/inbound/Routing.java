package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Inboxes.Receivers;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.policy.OwnAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Predicate<String> returned;

  /**
   * @param returned addresses that are for bounces, and never for an inbox
   */
  Routing(Inboxes inboxes, Predicate<String> returned) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.returned = requireNonNull(returned, "returned is null");
  }

  /** Who has the addresses that mails are for. */
  Receivers receivers(Collection<Notification> notifications) {
    Set<String> recipients = new LinkedHashSet<>();
    for (Notification notification : notifications) {
      notification.recipients().stream().filter(returned.negate()).forEach(recipients::add);
    }
    return inboxes.receivers(recipients);
  }

  List<Destination> route(Notification notification, Receivers receivers) {
    Map<String, Destination> byInbox = new LinkedHashMap<>();
    int unknown = 0;
    List<String> recipients = notification.recipients().stream().filter(returned.negate()).toList();
    for (String recipient : recipients) {
      Inbox inbox = receivers.inboxes().get(recipient);
      if (inbox == null) {
        unknown++;
      } else if (!byInbox.containsKey(inbox.id())) {
        byInbox.put(inbox.id(), destination(inbox, recipient, receivers));
      }
    }
    if (unknown > 0) {
      // A metric filter counts these lines; an answer would be backscatter.
      LOG.info("metric UnknownRecipients {} ses_id {}", unknown, notification.sesId());
    }
    return List.copyOf(byInbox.values());
  }

  private static Destination destination(Inbox inbox, String recipient, Receivers receivers) {
    Account account =
        Optional.ofNullable(receivers.accounts().get(inbox.accountId()))
            .orElseThrow(() -> new IllegalStateException("no account of " + inbox.id()));
    return new Destination(
        account, inbox, recipient, OwnAddress.parse(recipient).flatMap(OwnAddress::tag));
  }
}
