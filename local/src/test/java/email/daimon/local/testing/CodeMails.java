package email.daimon.local.testing;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Arrival;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.AutoKind;
import email.daimon.model.Direction;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Insights;
import email.daimon.model.MailCode;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageKey;
import email.daimon.model.Trust;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores mails whose codes are known, as the inbound function does. */
public final class CodeMails {
  private static final AtomicInteger MAILS = new AtomicInteger();
  private final Wiring wiring;
  private final String inboxId;

  public CodeMails(Wiring wiring, String inboxId) {
    this.wiring = wiring;
    this.inboxId = inboxId;
  }

  /** A verified mail of a bank with codes, the best first; gives its id. */
  public String bring(String... codes) {
    return bring("codes@bank.example", true, Set.of(), codes);
  }

  public String bring(String from, boolean verified, Set<String> labels, String... codes) {
    String name = "code-mail-" + MAILS.incrementAndGet();
    Inbox inbox = wiring.inboxes().find(inboxId).orElseThrow();
    String id = Ids.deterministic("msg", name, inboxId);
    Message message = message(inbox, id, name, from, verified, labels, insights(codes));
    wiring
        .mailbox()
        .store(
            new Arrival(
                wiring.accounts().find(inbox.accountId()).orElseThrow(),
                message,
                inbox.domain(),
                name + "@bank.example",
                "hash of " + name,
                List.of(),
                List.of(),
                DocumentCodec.pack(StoredDocument.whole(MessageDocument.EMPTY)).beside()),
            () -> {});
    return id;
  }

  private Message message(
      Inbox inbox,
      String id,
      String name,
      String from,
      boolean verified,
      Set<String> labels,
      Insights insights) {
    return new Message(
        new MessageKey(0, id),
        inbox.accountId(),
        inboxId,
        "",
        Direction.INBOUND,
        "<" + name + "@bank.example>",
        from,
        "Bank",
        List.of("agent@daimon.email"),
        List.of(),
        "Your code",
        "Your code",
        wiring.clock().instant(),
        false,
        labels,
        "received",
        verified,
        Optional.empty(),
        true,
        List.of(),
        List.of(),
        Optional.of(from),
        Optional.of("agent@daimon.email"),
        Optional.empty(),
        0,
        100,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        insights);
  }

  private static Insights insights(String... codes) {
    List<MailCode> all =
        Arrays.stream(codes)
            .map(value ->
                new MailCode(
                    value,
                    value.equals(codes[0]) ? MailCode.Kind.OTP : MailCode.Kind.ALTERNATIVE,
                    0.9,
                    "body",
                    Optional.of("expires in 10 minutes")))
            .toList();
    return new Insights(all, AutoKind.HUMAN, Trust.PLAIN);
  }
}
