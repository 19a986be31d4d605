package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import java.util.List;
import java.util.Optional;

/**
 * Where a mail stands among others.
 *
 * @param threadId of a thread that exists; empty where the mail begins one
 * @param parent the message that it answers or goes on from
 * @param inReplyTo with brackets; empty where the parent's id is not known yet
 * @param references the ids before it, oldest first, the parent last; without the thread's anchor
 * @param automatic whether it answers what a machine sent by itself
 */
record Conversation(
    Optional<String> threadId,
    Optional<Parent> parent,
    Optional<String> inReplyTo,
    List<String> references,
    boolean automatic) {
  /** A mail that begins a thread. */
  static final Conversation NEW =
      new Conversation(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

  Conversation {
    requireNonNull(threadId, "threadId is null");
    requireNonNull(parent, "parent is null");
    requireNonNull(inReplyTo, "inReplyTo is null");
    references = List.copyOf(references);
  }

  /** A message with all that is known of it. */
  record Parent(Message message, MessageDocument document) {
    /** How many mails of platforms like this one led to it. */
    int hop() {
      if (message.outgoing().isPresent()) {
        return message.outgoing().get().sender().hop();
      }
      return document.headers().getOrDefault("x-daimon-hop", List.of()).stream()
          .map(String::strip)
          .filter(hop -> hop.matches("[0-9]{1,6}"))
          .map(Integer::parseInt)
          .findFirst()
          .orElse(0);
    }

    /** Whether it came with an empty envelope sender, which nobody answers (RFC 5321 4.5.5). */
    boolean fromNobody() {
      return message.direction() == Direction.INBOUND
          && message.envelopeFrom().filter(String::isEmpty).isPresent();
    }
  }

  /** How many mails of platforms like this one lead to the next. */
  int nextHop() {
    return parent.map(known -> known.hop() + 1).orElse(0);
  }
}
