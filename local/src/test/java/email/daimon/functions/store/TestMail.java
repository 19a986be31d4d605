package email.daimon.functions.store;

import email.daimon.functions.testing.TestAccounts;
import email.daimon.model.Account;
import email.daimon.model.Direction;
import email.daimon.model.Findings;
import email.daimon.model.Ids;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageKey;
import email.daimon.thread.MessageIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mail for the store's tests: only what threads and counters look at is said. */
record TestMail(
    String name, List<String> inReplyTo, List<String> references, Set<String> labels, String body) {
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  static final Instant RECEIVED = Instant.parse("2046-03-16T10:40:00Z");
  static final Account ACCOUNT = TestAccounts.account("acc_1", RECEIVED);

  static TestMail named(String name) {
    return new TestMail(name, List.of(), List.of(), Set.of(), "body of " + name);
  }

  TestMail answering(String... names) {
    return new TestMail(name, List.of(names), references, labels, body);
  }

  TestMail after(String... names) {
    return new TestMail(name, inReplyTo, List.of(names), labels, body);
  }

  TestMail labelled(String... all) {
    return new TestMail(name, inReplyTo, references, Set.of(all), body);
  }

  TestMail saying(String text) {
    return new TestMail(name, inReplyTo, references, labels, text);
  }

  /** As it comes into an inbox under an id of SES. */
  Arrival to(String inboxId, String sesId) {
    List<String> ancestors = new ArrayList<>(ids(inReplyTo));
    ancestors.addAll(ids(references).reversed());
    return new Arrival(
        ACCOUNT,
        message(inboxId, Ids.deterministic("msg", sesId, inboxId)),
        "daimon.email",
        id(name),
        body,
        ancestors,
        ancestors,
        DocumentCodec.pack(StoredDocument.whole(document())).beside());
  }

  Arrival to(String inboxId) {
    return to(inboxId, "ses-" + name);
  }

  // A name with a domain is an id already.
  private static String id(String name) {
    return name.contains("@") ? MessageIds.canonical(name) : name + "@example.com";
  }

  private static List<String> ids(List<String> names) {
    return names.stream().map(TestMail::id).toList();
  }

  private MessageDocument document() {
    return new MessageDocument(
        body,
        "text",
        Optional.empty(),
        body,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }

  private Message message(String inboxId, String id) {
    return new Message(
        new MessageKey(0, id),
        ACCOUNT.id(),
        inboxId,
        "",
        Direction.INBOUND,
        "<" + id(name) + ">",
        "ann@example.com",
        "Ann",
        List.of("bot@daimon.email"),
        List.of(),
        "Subject of " + name,
        body,
        RECEIVED,
        false,
        labels,
        "received",
        true,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Optional.of("ann@example.com"),
        Optional.of("bot@daimon.email"),
        Optional.empty(),
        0,
        100,
        1,
        Optional.empty());
  }
}
