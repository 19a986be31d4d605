package email.daimon.functions.api.send;

import email.daimon.compose.ForwardBody;
import email.daimon.compose.ReplyRecipients;
import email.daimon.mime.MailAddress;
import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.SendRecipient;
import java.util.List;
import java.util.Optional;

/** A stored message as what it is answered and forwarded by. */
final class ParentMail {
  private ParentMail() {}

  static ReplyRecipients.Parent of(Conversation.Parent parent) {
    Message message = parent.message();
    MessageDocument document = parent.document();
    return new ReplyRecipients.Parent(
        message.direction(),
        from(message),
        document.replyTo().stream().map(address -> new MailAddress(address, "")).toList(),
        recipients(parent, "to"),
        recipients(parent, "cc"),
        message.direction() == Direction.INBOUND ? message.envelopeFrom() : Optional.empty());
  }

  static ForwardBody.Original original(Conversation.Parent parent) {
    Message message = parent.message();
    return new ForwardBody.Original(
        from(message),
        Optional.of(message.receivedAt()),
        message.subject(),
        recipients(parent, "to"),
        recipients(parent, "cc"),
        parent.document().textBody(),
        parent.document().htmlBody());
  }

  private static List<MailAddress> from(Message message) {
    return message.from().isEmpty()
        ? List.of()
        : List.of(new MailAddress(message.from(), message.fromName()));
  }

  private static List<MailAddress> recipients(Conversation.Parent parent, String kind) {
    if (parent.message().outgoing().isPresent()) {
      return parent.message().outgoing().get().recipients().stream()
          .filter(one -> one.kind().wireName().equals(kind))
          .map(ParentMail::address)
          .toList();
    }
    return parent.document().recipients().stream()
        .filter(one -> one.kind().equals(kind))
        .map(one -> new MailAddress(one.address(), one.name()))
        .toList();
  }

  private static MailAddress address(SendRecipient one) {
    return new MailAddress(one.address(), one.name());
  }
}
