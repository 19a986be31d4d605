package email.daimon.functions.store;

import email.daimon.model.Direction;
import email.daimon.model.Findings;
import email.daimon.model.Insights;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Conditions;
import email.daimon.model.Outgoing.Extras;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A mail to be sent, for the store's tests. */
record TestSend(
    String name,
    List<String> to,
    Optional<String> threadId,
    Optional<Instant> sendAt,
    UnlessReplied unlessReplied,
    int limit) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  static TestSend named(String name) {
    return new TestSend(
        name,
        List.of("ann@example.com"),
        Optional.empty(),
        Optional.empty(),
        UnlessReplied.NOBODY,
        NO_LIMIT);
  }

  TestSend to(String... addresses) {
    return new TestSend(name, List.of(addresses), threadId, sendAt, unlessReplied, limit);
  }

  TestSend in(String thread) {
    return new TestSend(name, to, Optional.of(thread), sendAt, unlessReplied, limit);
  }

  TestSend at(Instant time) {
    return new TestSend(name, to, threadId, Optional.of(time), unlessReplied, limit);
  }

  TestSend unless(UnlessReplied who) {
    return new TestSend(name, to, threadId, sendAt, who, limit);
  }

  /** Of an account that sends to so many recipients a day. */
  TestSend limitedTo(int most) {
    return new TestSend(name, to, threadId, sendAt, unlessReplied, most);
  }

  static SendQuota.Need need(int limit, Instant now, int recipients) {
    return new SendQuota.Need(
        now,
        TestMail.ACCOUNT.id(),
        limit == NO_LIMIT ? OptionalInt.empty() : OptionalInt.of(limit),
        StoreTestHouse.INBOX,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        recipients);
  }

  Submission submission(String inboxId, Instant now) {
    Optional<SendQuota.Need> need =
        sendAt.isPresent() ? Optional.empty() : Optional.of(need(limit, now, to.size()));
    Outgoing way =
        Outgoing.asked(
            to.stream().map(one -> SendRecipient.open(one, "", Kind.TO, now)).toList(),
            sendAt.orElseGet(() -> now.plus(Sends.UNTIL_SWEPT)),
            sendAt,
            Extras.NONE,
            new Conditions(unlessReplied, false),
            need.map(SendQuota.Need::counted));
    Message message =
        new Message(
            new MessageKey(0, "msg_" + name),
            TestMail.ACCOUNT.id(),
            inboxId,
            "",
            Direction.OUTBOUND,
            "<msg_" + name + "@daimon.email>",
            "agent@daimon.email",
            "Agent",
            to,
            List.of(),
            "About " + name,
            "text of " + name,
            now,
            true,
            Set.of(),
            way.status(),
            true,
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            100,
            1,
            Optional.empty(),
            Optional.of(way),
            Optional.empty(),
            Insights.NONE);
    return new Submission(
        TestMail.ACCOUNT,
        message,
        threadId,
        "daimon.email",
        DocumentCodec.pack(StoredDocument.whole(document())).beside(),
        need,
        (_, _) -> {});
  }

  private MessageDocument document() {
    return new MessageDocument(
        "text of " + name,
        "text",
        Optional.empty(),
        "text of " + name,
        List.of(),
        List.of(),
        Map.of(),
        to.stream().map(one -> new Recipient(one, "", "to")).toList(),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }
}
