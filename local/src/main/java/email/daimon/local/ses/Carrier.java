package email.daimon.local.ses;

import email.daimon.DaimonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Carries mails out of the outbox: what is for this machine comes in again by the spool, as from
 * any other server; of everything it is told what became of it. Killed between, it does all of one
 * mail again: a mail's copies have the same ids each time, and SES too may tell twice.
 */
public final class Carrier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final ReceivedMail.Client SES =
      new ReceivedMail.Client("a8-24.smtp-out.amazonses.com", "54.240.8.24");

  private final Outbox outbox;
  private final Destinations destinations;
  private final Publication publication;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean running = true;

  /** Where mail for this machine goes, and which that is. */
  public record Destinations(Spool spool, LocalDomains domains) {
    public Destinations {
      Objects.requireNonNull(spool);
      Objects.requireNonNull(domains);
    }
  }

  /** Whose mail comes in on this machine. */
  public interface LocalDomains {
    /** Whether mail to the address is for this machine. */
    boolean own(String address);

    /** Whether mail to an address of this machine is taken. */
    boolean known(String address);
  }

  /** Where it is told what became of a mail. */
  public record Publication(SqsClient sqs, String queueUrl, String topicArn) {
    public Publication {
      Objects.requireNonNull(sqs);
      Objects.requireNonNull(queueUrl);
      Objects.requireNonNull(topicArn);
    }
  }

  public Carrier(
      Outbox outbox, Destinations destinations, Publication publication, InstantSource clock) {
    this.outbox = Objects.requireNonNull(outbox);
    this.destinations = Objects.requireNonNull(destinations);
    this.publication = Objects.requireNonNull(publication);
    this.clock = Objects.requireNonNull(clock);
    thread = Thread.ofPlatform().name("carrier").start(this::run);
  }

  /** Ends after the mail that is under way; what is left stays in the outbox. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (running) {
        Optional<OutgoingMail> mail = outbox.take(IDLE);
        if (mail.isPresent()) {
          settle(mail.get());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(OutgoingMail mail) throws InterruptedException {
    try {
      carry(mail);
      outbox.told(mail);
    } catch (IOException | SdkException | DaimonException e) {
      LOG.warn("{} stays in the outbox for now", mail.id(), e);
      outbox.again(mail, PAUSE);
    }
  }

  private void carry(OutgoingMail mail) throws IOException, InterruptedException {
    byte[] raw =
        outbox.raw(mail.id()).orElseThrow(() -> new IOException("no file of " + mail.id()));
    HeaderBlock headers = HeaderBlock.read(new ByteArrayInputStream(raw));
    SendingEvents events = new SendingEvents(mail, headers, clock.instant()).sent();
    for (String recipient : mail.recipients()) {
      if (!destinations.domains().own(recipient)) {
        leave(mail, headers, recipient, events);
      } else if (destinations.domains().known(recipient)) {
        String sender =
            mail.returnPath() == null ? mail.id() + "@amazonses.com" : mail.returnPath();
        comeIn(sender, recipient, mail.id() + "/" + recipient, raw);
        events.delivered(recipient, "250 OK");
      } else {
        bounce(mail, headers, recipient, "General", "550 5.1.1 mailbox unavailable", events);
      }
    }
    if (mail.configurationSet() != null) {
      publish(mail, events.events());
      if (mail.toldTwice()) {
        publish(mail, events.events());
      }
    }
  }

  private void leave(OutgoingMail mail, HeaderBlock headers, String recipient, SendingEvents events)
      throws IOException, InterruptedException {
    switch (Fate.at(recipient)) {
      case DELIVERED -> events.delivered(recipient, "250 2.0.0 OK");
      case BOUNCED -> bounce(mail, headers, recipient, "General", "550 5.1.1 user unknown", events);
      case SUPPRESSED ->
          bounce(
              mail,
              headers,
              recipient,
              "Suppressed",
              "550 5.1.1 Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
              events);
      case COMPLAINED -> events.delivered(recipient, "250 2.0.0 OK").complained(recipient);
      case ANSWERED -> {
        events.delivered(recipient, "250 2.0.0 OK");
        // An automatic answer goes to the envelope sender (RFC 3834 4).
        String to = mail.returnPath() == null ? mail.source() : mail.returnPath();
        if (destinations.domains().own(to) && destinations.domains().known(to)) {
          byte[] answer = AutomaticReply.to(mail, headers, recipient, clock.instant());
          comeIn("", to, mail.id() + "/answer/" + recipient, answer);
        }
      }
    }
  }

  private void bounce(
      OutgoingMail mail,
      HeaderBlock headers,
      String recipient,
      String subType,
      String reply,
      SendingEvents events)
      throws IOException, InterruptedException {
    events.bounced(recipient, subType, "5.1.1", "smtp; " + reply);
    if (mail.returnPath() != null) {
      byte[] report =
          BounceReport.of(mail.returnPath(), headers, recipient, reply, clock.instant());
      String name = mail.id() + "/bounce/" + recipient;
      comeIn("", mail.returnPath(), name, report);
      if (mail.toldTwice()) {
        comeIn("", mail.returnPath(), name + "/again", report);
      }
    }
  }

  /**
   * @param name what the id of the copy is made of
   */
  private void comeIn(String envelopeFrom, String recipient, String name, byte[] raw)
      throws IOException, InterruptedException {
    ReceivedMail received =
        new ReceivedMail(
            ReceivedMail.idOf(name),
            clock.millis(),
            envelopeFrom,
            List.of(recipient),
            SES,
            Verdicts.ALL_PASS);
    try (Spool.Writing writing =
        destinations
            .spool()
            .write(received, PAUSE)
            .orElseThrow(() -> new IOException("the spool is full"))) {
      writing.out().write(raw);
      writing.commit();
    }
  }

  private void publish(OutgoingMail mail, List<String> events) throws IOException {
    for (int from = 0; from < events.size(); from += 10) {
      List<SendMessageBatchRequestEntry> ten = new ArrayList<>();
      for (int i = from; i < Math.min(from + 10, events.size()); i++) {
        String body =
            SnsEnvelope.around(
                events.get(i),
                "Amazon SES Email Event Notification",
                publication.topicArn(),
                mail.id() + "/" + i,
                clock.instant());
        ten.add(
            SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .messageBody(body)
                .build());
      }
      List<BatchResultErrorEntry> failed =
          publication
              .sqs()
              .sendMessageBatch(r -> r.queueUrl(publication.queueUrl()).entries(ten))
              .failed();
      if (!failed.isEmpty()) {
        throw new IOException("the queue did not take " + failed.size() + " events");
      }
    }
  }
}
