package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import email.daimon.functions.Wiring;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.store.Blobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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
  // A mail that is being read may need a hundred megabytes.
  private static final int READ_AT_A_TIME = 2;
  private final Routing routing;
  private final MailReading reading;
  private final Blobs blobs;
  private final Delivery delivery;
  private final Deferral deferral;
  private final Semaphore readers = new Semaphore(READ_AT_A_TIME);

  /** As Lambda makes it. */
  public InboundHandler() {
    this(Wiring.fromEnvironment());
  }

  public InboundHandler(Wiring wiring) {
    this(
        new Routing(wiring.inboxes(), new RecentAccounts(wiring.accounts(), wiring.clock())),
        wiring.blobs(),
        new MailboxDelivery(wiring.mailbox(), wiring.jobQueue()),
        wiring.deferral(QUEUE));
  }

  InboundHandler(Routing routing, Blobs blobs, Delivery delivery, Deferral deferral) {
    this.routing = requireNonNull(routing, "routing is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.reading = new MailReading(blobs);
    this.delivery = requireNonNull(delivery, "delivery is null");
    this.deferral = requireNonNull(deferral, "deferral is null");
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<Work> batch = event.getRecords().stream().map(Work::new).toList();
    List<Prepared> prepared = prepare(batch);
    try {
      deliver(prepared);
    } finally {
      prepared.forEach(one -> one.read().close());
    }
    return settle(batch);
  }

  /** A mail that was read, with what belongs to it and where it goes. */
  private record Prepared(
      Work work, ReadMail read, MailObjects objects, List<Destination> destinations) {}

  private List<Prepared> prepare(List<Work> batch) {
    Map<Work, Prepared> prepared = new ConcurrentHashMap<>();
    List<Runnable> tasks = new ArrayList<>();
    for (Work work : batch) {
      tasks.add(() -> work.run(() -> prepare(work).ifPresent(one -> prepared.put(work, one))));
    }
    Parallel.run(tasks);
    return batch.stream().filter(prepared::containsKey).map(prepared::get).toList();
  }

  private Optional<Prepared> prepare(Work work) {
    Optional<Notification> notification = Notification.read(work.message().getBody());
    if (notification.isEmpty()) {
      LOG.warn("{} tells of no mail", work.message().getMessageId());
      return Optional.empty();
    }
    List<Destination> destinations = routing.route(notification.get());
    if (destinations.isEmpty()) {
      return Optional.empty();
    }
    readers.acquireUninterruptibly();
    try {
      ReadMail read = reading.read(notification.get());
      return Optional.of(new Prepared(work, read, MailObjects.of(blobs, read), destinations));
    } finally {
      readers.release();
    }
  }

  // Mails to one inbox go in one after the other: they would only get into each other's way.
  private void deliver(List<Prepared> prepared) {
    Map<String, List<Runnable>> byInbox = new LinkedHashMap<>();
    for (Prepared one : prepared) {
      for (Destination destination : one.destinations()) {
        byInbox
            .computeIfAbsent(destination.inbox().id(), _ -> new ArrayList<>())
            .add(() ->
                one.work().run(() -> delivery.deliver(one.read(), one.objects(), destination)));
      }
    }
    List<Runnable> groups = new ArrayList<>();
    byInbox.values().forEach(group -> groups.add(() -> group.forEach(Runnable::run)));
    Parallel.run(groups);
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
}
