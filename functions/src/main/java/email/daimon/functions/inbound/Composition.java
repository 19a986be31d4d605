package email.daimon.functions.inbound;

import email.daimon.functions.store.Arrival;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.Warning;
import email.daimon.model.Attachment;
import email.daimon.model.DeliveryReport;
import email.daimon.model.Direction;
import email.daimon.model.ForwardedMail;
import email.daimon.model.Ids;
import email.daimon.model.Insights;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.TextCut;
import email.daimon.policy.ReceiveGate;
import email.daimon.thread.MessageIds;
import email.daimon.understand.MailDocument;
import email.daimon.understand.MailInsights;
import email.daimon.understand.VerifiedSender;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes of a mail what an inbox stores. Everything follows from the mail and the inbox. */
final class Composition {
  private static final int ADDRESSES = 10;
  private static final int LONGEST_ADDRESS = 1024;
  private static final int LONGEST_SUBJECT = 8 * 1024;
  private static final int LONGEST_PREVIEW = 1024;
  private static final int ATTACHMENT_BYTES = 64 * 1024;
  private static final int BYTES_BESIDE_NAMES = 200;

  private Composition() {}

  /** The id of the message that a mail is in an inbox: the same each time. */
  static String messageId(Notification notification, Destination destination) {
    return Ids.deterministic("msg", notification.sesId(), destination.inbox().id());
  }

  static Arrival compose(ReadMail read, Destination destination, DocumentCodec.Packed document) {
    Mail mail = read.mail();
    String shownId =
        mail.messageId()
            .orElseGet(
                () -> MessageIds.madeUp(mail.handedOverHash(), destination.inbox().domain()));
    Ancestry ancestry = Ancestry.of(mail, read.report().flatMap(DeliveryReport::originalMessageId));
    return new Arrival(
        destination.account(),
        message(read, destination, "<" + shownId + ">"),
        destination.inbox().domain(),
        MessageIds.canonical(shownId),
        mail.bodyHash(),
        ancestry.sought(),
        ancestry.claimed(),
        document.beside());
  }

  private static Message message(ReadMail read, Destination destination, String shownId) {
    Mail mail = read.mail();
    Notification notification = read.notification();
    boolean verified =
        VerifiedSender.of(notification.verdicts(), notification.envelopeFrom(), mail);
    Set<String> flags = Flags.of(notification.verdicts());
    Set<String> labels = new LinkedHashSet<>(flags);
    if (blocked(mail, verified, destination)) {
      labels.add(Message.BLOCKED);
    }
    if (read.report().filter(it -> it.kind() == DeliveryReport.Kind.DELIVERY).isPresent()) {
      labels.add(Message.BOUNCE);
    }
    boolean virus = flags.contains("virus");
    String id = messageId(notification, destination);
    Optional<MailAddress> from = mail.from().stream().findFirst();
    List<Attachment> all = virus ? List.of() : MailDocument.attachments(mail);
    List<Attachment> attachments = inRow(all).stream().map(file -> file.of(id)).toList();
    List<String> warnings = new ArrayList<>(mail.warnings().stream().map(Warning::code).toList());
    if (attachments.size() < all.size()) {
      warnings.add(Message.ATTACHMENTS_TRUNCATED);
    }
    return new Message(
        new MessageKey(0, id),
        destination.account().id(),
        destination.inbox().id(),
        "",
        Direction.INBOUND,
        shownId,
        TextCut.head(from.map(MailAddress::address).orElse(""), LONGEST_ADDRESS),
        TextCut.head(from.map(MailAddress::name).orElse(""), LONGEST_ADDRESS),
        addresses(mail.to()),
        addresses(mail.cc()),
        TextCut.head(mail.subject(), LONGEST_SUBJECT),
        TextCut.head(read.understanding().preview(), LONGEST_PREVIEW),
        notification.receivedAt(),
        false,
        labels,
        "received",
        verified,
        Optional.of(notification.verdicts()),
        mail.automation().automatic() || notification.envelopeFrom().isEmpty(),
        warnings,
        attachments,
        Optional.of(notification.envelopeFrom()),
        Optional.of(destination.deliveredTo()),
        destination.tag(),
        0,
        mail.size(),
        1,
        Optional.empty(),
        Optional.empty(),
        read.report(),
        insights(read, virus));
  }

  private static Insights insights(ReadMail read, boolean virus) {
    return virus
        ? Insights.NONE
        : MailInsights.of(read.mail(), read.understanding(), read.report());
  }

  // What the account keeps out no inbox lets in.
  private static boolean blocked(Mail mail, boolean verified, Destination destination) {
    List<String> authors = mail.authors().stream().map(MailAddress::address).toList();
    return Stream.of(destination.account().receiveRules(), destination.inbox().receiveRules())
        .anyMatch(rules -> ReceiveGate.blocks(rules, authors, verified));
  }

  private static List<String> addresses(List<MailAddress> all) {
    return all.stream()
        .map(MailAddress::address)
        .filter(address -> !address.isEmpty())
        .limit(ADDRESSES)
        .map(address -> TextCut.head(address, LONGEST_ADDRESS))
        .toList();
  }

  /** Those whose descriptions fit into a row, in the order of the mail. */
  static List<Attachment> inRow(List<Attachment> all) {
    long left = ATTACHMENT_BYTES;
    for (int i = 0; i < all.size(); i++) {
      Attachment file = all.get(i);
      left -=
          BYTES_BESIDE_NAMES
              + TextCut.size(file.filename())
              + TextCut.size(file.contentType())
              + TextCut.size(file.contentId().orElse(""))
              + file.container().map(TextCut::size).orElse(0L)
              + file.forwarded().map(ForwardedMail::size).orElse(0L);
      if (left < 0) {
        return all.subList(0, i);
      }
    }
    return all;
  }
}
