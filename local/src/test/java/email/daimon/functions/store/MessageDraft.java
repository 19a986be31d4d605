package email.daimon.functions.store;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of a message before it is stored. */
final class MessageDraft {
  Duration after = Duration.ofSeconds(1);
  String text = "Hello there";
  private String thread = "thread_1";
  private Direction direction = Direction.INBOUND;
  private String from = "alice@example.org";
  private String status = "received";
  private boolean read;
  private Set<String> labels = Set.of();

  MessageDraft thread(String id) {
    thread = id;
    return this;
  }

  MessageDraft outbound() {
    direction = Direction.OUTBOUND;
    status = "sent";
    read = true;
    return this;
  }

  MessageDraft from(String address) {
    from = address;
    return this;
  }

  MessageDraft read() {
    read = true;
    return this;
  }

  MessageDraft labels(String... all) {
    labels = Set.of(all);
    return this;
  }

  MessageDraft text(String body) {
    text = body;
    return this;
  }

  MessageDraft after(Duration pause) {
    after = pause;
    return this;
  }

  Message message(String inboxId, MessageKey key) {
    return new Message(
        key,
        ReadFixture.ACCOUNT,
        inboxId,
        thread,
        direction,
        "<" + key.id() + "@example.org>",
        from,
        "Alice",
        List.of("agent@daimon.email"),
        List.of(),
        "Hello",
        text.substring(0, Math.min(20, text.length())),
        Instant.ofEpochMilli(key.inboxTime()),
        read,
        labels,
        status,
        true,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Optional.of(from),
        Optional.of("agent@daimon.email"),
        Optional.empty(),
        0,
        1000,
        1,
        Optional.empty());
  }

  static Message changed(Message m, boolean read, Set<String> labels, Optional<Instant> deletedAt) {
    return new Message(
        m.key(),
        m.accountId(),
        m.inboxId(),
        m.threadId(),
        m.direction(),
        m.messageId(),
        m.from(),
        m.fromName(),
        m.to(),
        m.cc(),
        m.subject(),
        m.preview(),
        m.receivedAt(),
        read,
        labels,
        m.status(),
        m.verifiedSender(),
        m.verdicts(),
        m.automatic(),
        m.warnings(),
        m.attachments(),
        m.envelopeFrom(),
        m.deliveredTo(),
        m.tag(),
        m.duplicateCount(),
        m.size(),
        m.version() + 1,
        deletedAt);
  }
}
