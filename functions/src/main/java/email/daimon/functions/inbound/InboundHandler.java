package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.NoCall;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.reports.ReturnedMail;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Inboxes.Receivers;
import email.daimon.functions.store.ProcessedMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what SES received: notification, routing by envelope, raw mail, understanding, one
 * commit per inbox. Run twice, or killed anywhere and run again, it leaves the same rows.
 */
public final class InboundHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** Role of the queue that SES's notifications come by. */
  public static final String QUEUE = "INBOUND";

  private static final Logger LOG = LoggerFactory.getLogger(InboundHandler.class);
  private static final String MAIL_OF_REHEARSAL =
      """
      From: "Ann, of Sales" <ann@example.com>
      To: rehearsal@example.com
      Subject: Re: Your code
      Date: Sat, 21 Nov 2026 10:15:00 +0000
      Message-ID: <first@example.com>
      In-Reply-To: <before@example.com>
      MIME-Version: 1.0
      Content-Type: multipart/alternative; boundary="a"

      --a
      Content-Type: text/plain; charset=utf-8

      Your code is 482913. See https://example.com/login?token=abc

      On Fri, 20 Nov 2026 at 09:00, Bob <bob@example.com> wrote:
      > Which code?

      --a
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      <p>Your code is <b>482913</b>. <a href=3D"https://example.com/login?token=3Dabc">Log in</a></p>
      <blockquote>Which code?</blockquote>

      --a--
      """
          .replace("\n", "\r\n");

  // A mail that is being read may need a hundred megabytes.
  private static final int READ_AT_A_TIME = 2;
  private final Routing routing;
  private final MailReading reading;
  private final Blobs blobs;
  private final ReturnedMail returned;
  private final Delivery delivery;
  private final ProcessedMarks marks;
  private final Deferral deferral;
  private final Semaphore readers = new Semaphore(READ_AT_A_TIME);

  /** As Lambda makes it. */
  public InboundHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(InboundHandler::rehearse);
  }

  public InboundHandler(Wiring wiring) {
    this(wiring, new ReturnedMail(wiring.bounceAddresses(), wiring.blobs(), wiring.newsDesk()));
  }

  InboundHandler(Wiring wiring, ReturnedMail returned) {
    this(
        new Routing(wiring.inboxes(), returned::owns),
        wiring.blobs(),
        returned,
        new MailboxDelivery(wiring.mailbox(), wiring.jobQueue()),
        wiring.processedMarks(),
        wiring.deferral(QUEUE));
  }

  InboundHandler(
      Routing routing,
      Blobs blobs,
      ReturnedMail returned,
      Delivery delivery,
      ProcessedMarks marks,
      Deferral deferral) {
    this.routing = requireNonNull(routing, "routing is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.reading = new MailReading(blobs);
    this.returned = requireNonNull(returned, "returned is null");
    this.delivery = requireNonNull(delivery, "delivery is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.deferral = requireNonNull(deferral, "deferral is null");
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<Work> batch = event.getRecords().stream().map(Work::new).toList();
    Map<Work, Notification> notifications = notifications(batch);
    List<Parcel> parcels = read(route(notifications));
    try {
      delivery.deliver(parcels);
    } finally {
      parcels.forEach(parcel -> parcel.read().close());
    }
    mark(notifications);
    return settle(batch);
  }

  private static Map<Work, Notification> notifications(List<Work> batch) {
    Map<Work, Notification> notifications = new LinkedHashMap<>();
    for (Work work : batch) {
      work.run(() ->
          Notification.read(work.message().getBody())
              .ifPresentOrElse(
                  notification -> notifications.put(work, notification),
                  () -> LOG.warn("{} tells of no mail", work.message().getMessageId())));
    }
    return notifications;
  }

  /** A mail that is for somebody. */
  private record Routed(Work work, Notification notification, List<Destination> destinations) {}

  private List<Routed> route(Map<Work, Notification> notifications) {
    List<Routed> routed = new ArrayList<>();
    Receivers receivers;
    try {
      receivers = routing.receivers(notifications.values());
    } catch (RuntimeException e) {
      notifications.keySet().forEach(work -> work.fail(e));
      return routed;
    }
    notifications.forEach((work, notification) ->
        work.run(() -> {
          takeReturned(notification);
          List<Destination> destinations = routing.route(notification, receivers);
          if (!destinations.isEmpty()) {
            routed.add(new Routed(work, notification, destinations));
          }
        }));
    return routed;
  }

  private List<Parcel> read(List<Routed> routed) {
    Map<Routed, List<Parcel>> parcels = new ConcurrentHashMap<>();
    List<Runnable> tasks = new ArrayList<>();
    for (Routed one : routed) {
      tasks.add(() -> one.work().run(() -> parcels.put(one, read(one))));
    }
    Parallel.run(tasks);
    return routed.stream().flatMap(one -> parcels.getOrDefault(one, List.of()).stream()).toList();
  }

  private List<Parcel> read(Routed routed) {
    readers.acquireUninterruptibly();
    try {
      ReadMail read = reading.read(routed.notification());
      MailObjects objects = MailObjects.of(blobs, read);
      return routed.destinations().stream()
          .map(destination -> new Parcel(routed.work(), read, objects, destination))
          .toList();
    } finally {
      readers.release();
    }
  }

  private void takeReturned(Notification notification) {
    notification.recipients().stream()
        .filter(returned::owns)
        .forEach(
            address -> returned.take(notification.sesId(), address, notification.receivedAt()));
  }

  // A mail without its mark comes again, is known, and gets it then.
  private void mark(Map<Work, Notification> notifications) {
    List<Work> done =
        notifications.keySet().stream().filter(work -> work.waiting().isEmpty()).toList();
    try {
      marks.mark(
          done.stream()
              .map(notifications::get)
              .flatMap(Stream::ofNullable)
              .map(mail -> new ProcessedMarks.Mail(mail.sesId(), mail.receivedAt()))
              .toList());
    } catch (RuntimeException e) {
      done.forEach(work -> work.fail(e));
    }
  }

  private SQSBatchResponse settle(List<Work> batch) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (Work work : batch) {
      if (!work.failed()) {
        work.run(() -> work.waiting().ifPresent(reason -> deferral.defer(work.message(), reason)));
      }
      if (work.failed()) {
        failures.add(new BatchItemFailure(work.message().getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    Scene scene = Scene.of(wiring);
    scene.receive(wiring, MAIL_OF_REHEARSAL);
    Scene.done(new InboundHandler(wiring).handleRequest(scene.notification(), new NoCall()));
  }
}
