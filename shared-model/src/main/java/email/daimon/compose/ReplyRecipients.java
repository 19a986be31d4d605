package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.InvalidMailboxException.Kind;
import email.daimon.mime.MailAddress;
import email.daimon.model.Direction;
import email.daimon.policy.DisplayNames;
import email.daimon.policy.OwnAddress;
import email.daimon.understand.RegistrableDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom an answer goes to. A reply goes to Reply-To, else to From; of a mail of our own to its
 * original To. Reply-all adds the original To and Cc in Cc, less every form of the inbox's own
 * address. Each once, and never to Bcc.
 */
public sealed interface ReplyRecipients {
  /**
   * The recipients.
   *
   * @param to at least one
   * @param replyToElsewhere whether Reply-To names another organisation (registrable domain) than
   *     From: worth a warning to whoever answers
   */
  record Answer(List<Mailbox> to, List<Mailbox> cc, boolean replyToElsewhere)
      implements ReplyRecipients {
    public Answer {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      if (to.isEmpty()) {
        throw new IllegalArgumentException("to is empty");
      }
    }
  }

  /** There is nobody to answer ({@code NO_REPLY_ADDRESS}); {@code reason} is one sentence. */
  record Nobody(String reason) implements ReplyRecipients {
    public Nobody {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * The mail that is answered, with addresses as they were read.
   *
   * @param envelopeFrom the envelope's sender of a mail that came in, empty string for {@code <>}
   */
  record Parent(
      Direction direction,
      List<MailAddress> from,
      List<MailAddress> replyTo,
      List<MailAddress> to,
      List<MailAddress> cc,
      Optional<String> envelopeFrom) {
    public Parent {
      requireNonNull(direction, "direction is null");
      from = List.copyOf(from);
      replyTo = List.copyOf(replyTo);
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      requireNonNull(envelopeFrom, "envelopeFrom is null");
    }
  }

  /**
   * Recipients of a reply.
   *
   * @throws InvalidMailboxException if one of them has a local part that is not ASCII
   */
  static ReplyRecipients reply(Parent parent) {
    Optional<Nobody> nobody = nobody(parent);
    if (nobody.isPresent()) {
      return nobody.get();
    }
    List<Mailbox> to = List.copyOf(direct(parent).values());
    return to.isEmpty() ? noAddress() : new Answer(to, List.of(), elsewhere(parent));
  }

  /**
   * Recipients of a reply to all.
   *
   * @param own the inbox's address; no form of it is among the recipients
   * @throws InvalidMailboxException if one of them has a local part that is not ASCII
   */
  static ReplyRecipients replyAll(OwnAddress own, Parent parent) {
    Optional<Nobody> nobody = nobody(parent);
    if (nobody.isPresent()) {
      return nobody.get();
    }
    Map<String, Mailbox> to = direct(parent);
    Map<String, Mailbox> originalTo = mailboxes(parent.to());
    Map<String, Mailbox> cc = new LinkedHashMap<>(originalTo);
    mailboxes(parent.cc()).forEach(cc::putIfAbsent);
    to.values().removeIf(mailbox -> isOwn(own, mailbox));
    originalTo.values().removeIf(mailbox -> isOwn(own, mailbox));
    cc.values().removeIf(mailbox -> isOwn(own, mailbox));
    // An answer to a mail of the inbox's own goes on to those it went to.
    Map<String, Mailbox> first = !to.isEmpty() ? to : !originalTo.isEmpty() ? originalTo : cc;
    if (first.isEmpty()) {
      return noAddress();
    }
    List<Mailbox> others =
        cc.values().stream().filter(mailbox -> !first.containsKey(mailbox.key())).toList();
    return new Answer(List.copyOf(first.values()), others, elsewhere(parent));
  }

  private static Optional<Nobody> nobody(Parent parent) {
    return parent.direction() == Direction.INBOUND
            && parent.envelopeFrom().filter(String::isEmpty).isPresent()
        ? Optional.of(
            new Nobody(
                "The mail came with an empty envelope sender, as bounces do: nobody reads"
                    + " an answer to it."))
        : Optional.empty();
  }

  private static Nobody noAddress() {
    return new Nobody("The mail names nobody else to whom an answer could go.");
  }

  private static Map<String, Mailbox> direct(Parent parent) {
    if (parent.direction() == Direction.OUTBOUND) {
      return mailboxes(parent.to());
    }
    Map<String, Mailbox> replyTo = mailboxes(parent.replyTo());
    return replyTo.isEmpty() ? mailboxes(parent.from()) : replyTo;
  }

  private static boolean elsewhere(Parent parent) {
    return parent.direction() == Direction.INBOUND
        && mailboxes(parent.replyTo()).values().stream()
            .anyMatch(answer ->
                parent.from().stream()
                    .noneMatch(
                        author -> RegistrableDomain.aligned(answer.domain(), author.domain())));
  }

  /** Strangers write anything into address fields: what is no mailbox is passed over. */
  private static Map<String, Mailbox> mailboxes(List<MailAddress> addresses) {
    Map<String, Mailbox> found = new LinkedHashMap<>();
    for (MailAddress address : addresses) {
      try {
        String name = DisplayNames.allowed(address.name()) ? address.name() : "";
        Mailbox mailbox = Mailbox.of(address.address(), name);
        found.putIfAbsent(mailbox.key(), mailbox);
      } catch (InvalidMailboxException none) {
        if (none.kind() == Kind.NEEDS_SMTPUTF8) {
          throw none;
        }
      }
    }
    return found;
  }

  private static boolean isOwn(OwnAddress own, Mailbox mailbox) {
    return OwnAddress.parse(mailbox.address())
        .filter(address -> address.text().equals(own.text()))
        .isPresent();
  }
}
