package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.AccountStatus;
import email.daimon.model.Attachment;
import email.daimon.model.CalendarEvent;
import email.daimon.model.CalendarEvent.Person;
import email.daimon.model.CalendarEvent.Time;
import email.daimon.model.Direction;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.Findings;
import email.daimon.model.ForwardedMail;
import email.daimon.model.InboxCounters;
import email.daimon.model.Inflow;
import email.daimon.model.ListForm;
import email.daimon.model.MailParts;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.Protection;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import email.daimon.model.WaitingDraft;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written is what is read, and index keys follow the state. */
final class CodecsTest {
  private static final ForwardedMail FORWARDED =
      new ForwardedMail(
          "Minutes",
          List.of("ann@example.com"),
          List.of("bob@example.com"),
          Optional.of(Instant.parse("2026-11-21T10:00:00Z")),
          Optional.of("<m@example.com>"),
          "What was said");

  private static final CalendarEvent MEETING =
      new CalendarEvent(
          Optional.of("REQUEST"),
          Optional.of("1@example.com"),
          2,
          Optional.of("20261122T090000Z"),
          "Planning",
          Optional.of(new Time("2026-11-21T10:00:00", Optional.of("Europe/Berlin"))),
          Optional.of(new Time("2026-11-21T11:00:00Z", Optional.empty())),
          Optional.of(new Person("ann@example.com", "Ann", Optional.empty())),
          List.of(new Person("bot@daimon.email", "", Optional.of("NEEDS-ACTION"))),
          Optional.of("Room 5"),
          Optional.of("CONFIRMED"),
          Optional.of("FREQ=WEEKLY"));

  private static final CalendarEvent SAYS_NOTHING =
      new CalendarEvent(
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final Instant NOW = Instant.parse("2026-03-16T10:40:00.123Z");
  private static final MessageKey KEY = new MessageKey(NOW.toEpochMilli(), "msg_1");

  @Test
  void messageComesBackAsItWas() {
    Message message = message(false, Set.of("verification"), Optional.empty());

    assertThat(MessageCodec.message(read(MessageCodec.item(message)))).isEqualTo(message);
  }

  @Test
  void emptyEnvelopeSenderIsNotAnUnknownOne() {
    Message message = message(false, Set.of(), Optional.empty());

    assertThat(MessageCodec.message(read(MessageCodec.item(message))).envelopeFrom()).hasValue("");
  }

  @Test
  void unreadIndexHoldsOnlyWhatCountsAndIsUnread() {
    assertThat(MessageCodec.item(message(false, Set.of(), Optional.empty())).has("i2pk")).isTrue();
    assertThat(MessageCodec.item(message(true, Set.of(), Optional.empty())).has("i2pk")).isFalse();
    assertThat(MessageCodec.item(message(false, Set.of("spam"), Optional.empty())).has("i2pk"))
        .isFalse();
  }

  @Test
  void deletedMessageHasNoIndexKeys() {
    Item item = MessageCodec.item(message(false, Set.of(), Optional.of(NOW)));

    assertThat(item.has("i1pk")).isFalse();
    assertThat(item.has("i2pk")).isFalse();
  }

  @Test
  void threadComesBackAsItWas() {
    MailThread thread = thread(2, Optional.empty(), Optional.empty());

    Item item = ThreadCodec.item(thread, new ThreadFeed(0, 3, 16));

    assertThat(ThreadCodec.thread(read(item))).isEqualTo(thread);
    assertThat(item.text("i2pk")).startsWith("A#acc_1#F3#");
    assertThat(item.text("i1sk")).isEqualTo("1773657600123#thread_1");
  }

  @Test
  void threadThatListsDoNotShowHasNoIndexKeys() {
    for (MailThread thread :
        List.of(
            thread(0, Optional.empty(), Optional.empty()),
            thread(2, Optional.of("thread_2"), Optional.empty()),
            thread(2, Optional.empty(), Optional.of(NOW)))) {
      Item item = ThreadCodec.item(thread, ThreadFeed.FIRST);
      assertThat(item.has("i1pk")).isFalse();
      assertThat(item.has("i2pk")).isFalse();
    }
  }

  @Test
  void countersComeBackAsTheyWere() {
    InboxCounters counters =
        new InboxCounters(
            7,
            1_773_657_600_123L,
            9,
            4,
            2,
            3,
            Optional.of(NOW),
            new Inflow(20_528, 12, true),
            true);

    assertThat(CountersCodec.counters(read(CountersCodec.item("inbox_1", counters))))
        .isEqualTo(counters);
  }

  @Test
  void eventComesBackAsItWasAndExpiresAfterThirtyDays() {
    Event event =
        new Event(
            "evt_1",
            "acc_1",
            "thread.updated",
            Optional.of("inbox_1"),
            Optional.of("thread_1"),
            Optional.of(KEY),
            9,
            NOW,
            Map.of("merged_from", "thread_2"));

    Item item = EventCodec.item(event, EventShards.ONE);

    assertThat(EventCodec.event(read(item))).isEqualTo(event);
    assertThat(item.text("pk")).isEqualTo("A#acc_1#E#20260316#0");
    assertThat(item.number("expires_at"))
        .isEqualTo(Instant.parse("2026-04-15T10:40:00Z").getEpochSecond());
  }

  @Test
  void accountComesBackAsItWasWithTheShardsOfEachDay() {
    EventShards shards =
        EventShards.ONE
            .from(LocalDate.parse("2026-03-20"), 4)
            .from(LocalDate.parse("2026-04-01"), 16);
    Account account =
        new Account(
            "acc_1",
            Tier.GROWTH,
            Subscription.NONE,
            AccountStatus.ACTIVE,
            NOW,
            3,
            ThreadFeed.FIRST,
            shards,
            ReceiveRules.NONE,
            Optional.of("acc_1"));

    Account kept = AccountCodec.account(read(AccountCodec.item(account)));

    assertThat(kept).isEqualTo(account);
    assertThat(kept.eventShards().on(Instant.parse("2026-03-19T23:59:59.999Z"))).isEqualTo(1);
    assertThat(kept.eventShards().on(Instant.parse("2026-03-20T00:00:00Z"))).isEqualTo(4);
    assertThat(kept.eventShards().on(Instant.parse("2026-05-01T00:00:00Z"))).isEqualTo(16);
  }

  @Test
  void smallDocumentLiesWholeBesideTheRow() {
    MessageDocument document = document("Hello");

    DocumentCodec.Packed packed = DocumentCodec.pack(StoredDocument.whole(document));
    Item item = read(packed.beside().item("inbox_1", KEY));

    assertThat(packed.whole()).isEmpty();
    assertThat(DocumentCodec.document(item)).hasValue(StoredDocument.whole(document));
    assertThat(DocumentCodec.listForm(item)).isEqualTo(ListForm.of(document));
  }

  @Test
  void largeDocumentLiesInS3AndItsListFormBesideTheRow() {
    StoredDocument stored = new StoredDocument(document("x".repeat(9000)), Set.of("html_body"));

    DocumentCodec.Packed packed = DocumentCodec.pack(stored);
    Item item = read(packed.beside().item("inbox_1", KEY));

    assertThat(DocumentCodec.document(item)).isEmpty();
    assertThat(DocumentCodec.listForm(item)).isEqualTo(ListForm.of(stored.document()));
    assertThat(DocumentCodec.unpack(packed.whole().orElseThrow().asInputStream()))
        .isEqualTo(stored);
  }

  private static Item read(Item written) {
    return Item.read(written.attributes());
  }

  private static Message message(boolean read, Set<String> labels, Optional<Instant> deletedAt) {
    return new Message(
        KEY,
        "acc_1",
        "inbox_1",
        "thread_1",
        Direction.INBOUND,
        "<a@example.com>",
        "ann@example.com",
        "Ann",
        List.of("bot@daimon.email"),
        List.of(),
        "",
        "Hello",
        NOW,
        read,
        labels,
        "received",
        true,
        Optional.of(
            new Verdicts(
                Verdict.PASS,
                Verdict.PASS,
                Verdict.GRAY,
                Verdict.PASS,
                Verdict.FAIL,
                Optional.of("reject"))),
        false,
        List.of("bad_charset"),
        List.of(
            new Attachment(
                "att_1",
                "a.eml",
                "message/rfc822",
                12,
                "ab",
                Optional.of("c@x"),
                false,
                Optional.of("winmail.dat"),
                Optional.of(FORWARDED)),
            Attachment.plain(
                "att_2", "a.pdf", "application/pdf", 12, "ab", Optional.empty(), true)),
        Optional.of(""),
        Optional.of("bot+tag@daimon.email"),
        Optional.of("tag"),
        1,
        2048,
        3,
        deletedAt);
  }

  private static MailThread thread(
      long messages, Optional<String> mergedInto, Optional<Instant> deletedAt) {
    return new MailThread(
        "thread_1",
        "acc_1",
        "inbox_1",
        "<thread_1@daimon.email>",
        "Hello",
        List.of("ann@example.com"),
        messages,
        messages,
        1,
        Set.of("archive"),
        NOW,
        NOW.toEpochMilli(),
        NOW,
        List.of(KEY),
        List.of(KEY),
        List.of(new WaitingDraft("dft_1", 3)),
        mergedInto,
        deletedAt,
        4);
  }

  private static MessageDocument document(String text) {
    return new MessageDocument(
        text,
        "text",
        Optional.of("<p>Grüße</p>"),
        text,
        List.of("https://a.example/"),
        List.of(),
        Map.of("received", List.of("one", "two")),
        List.of(new Recipient("bot@daimon.email", "Bot", "to")),
        List.of("ann@example.com"),
        List.of("<p@example.com>"),
        List.of("<r@example.com>"),
        Findings.NONE
            .withVisibleText(text)
            .with(new MailParts(Protection.PGP_SIGNED, List.of(MEETING, SAYS_NOTHING))));
  }
}
