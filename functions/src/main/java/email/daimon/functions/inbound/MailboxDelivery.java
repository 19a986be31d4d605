package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.store.Arrival;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts mails into inboxes, and sends on their way the jobs that their commits asked for: all
 * together at first; what that leaves, inbox by inbox; and at last each mail by itself.
 */
final class MailboxDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxDelivery.class);
  private final Mailbox mailbox;
  private final JobQueue jobs;

  MailboxDelivery(Mailbox mailbox, JobQueue jobs) {
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  @Override
  public void deliver(List<Parcel> parcels) {
    List<Shipment> shipments = new ArrayList<>();
    parcels.forEach(parcel -> parcel.work().run(() -> shipments.add(Shipment.of(parcel))));
    storeTogether(shipments);
    Map<String, List<Shipment>> left = new LinkedHashMap<>();
    shipments.stream()
        .filter(shipment -> !shipment.settled())
        .forEach(one -> left.computeIfAbsent(one.inboxId(), _ -> new ArrayList<>()).add(one));
    List<Runnable> inboxes = new ArrayList<>();
    left.values().forEach(ofInbox -> inboxes.add(() -> storeAlone(ofInbox)));
    Parallel.run(inboxes);
  }

  private void storeTogether(List<Shipment> shipments) {
    if (shipments.isEmpty()) {
      return;
    }
    Map<String, Stored> stored;
    try {
      stored =
          mailbox.storeTogether(
              shipments.stream().map(Shipment::arrival).toList(),
              arrivals -> withObjects(arrivals, shipments));
    } catch (RuntimeException e) {
      LOG.warn("{} mails could not be stored together", shipments.size(), e);
      return;
    }
    for (Shipment shipment : shipments) {
      Stored outcome = stored.get(shipment.messageId());
      if (outcome != null) {
        settle(shipment, outcome);
      }
    }
  }

  private static List<Arrival> withObjects(List<Arrival> arrivals, List<Shipment> shipments) {
    Map<String, Shipment> byId = new HashMap<>();
    shipments.forEach(shipment -> byId.putIfAbsent(shipment.messageId(), shipment));
    List<Shipment> asked =
        arrivals.stream()
            .flatMap(arrival -> Stream.ofNullable(byId.get(arrival.message().id())))
            .toList();
    List<Runnable> tasks = new ArrayList<>();
    asked.forEach(shipment -> tasks.add(() -> shipment.run(shipment::writeObjects)));
    Parallel.run(tasks);
    return asked.stream().filter(Shipment::written).map(Shipment::arrival).toList();
  }

  private void storeAlone(List<Shipment> ofInbox) {
    if (ofInbox.size() > 1) {
      storeTogether(ofInbox);
    }
    for (Shipment shipment : ofInbox) {
      if (!shipment.settled()) {
        shipment.run(
            () -> settle(shipment, mailbox.store(shipment.arrival(), shipment::writeObjects)));
      }
    }
  }

  private void settle(Shipment shipment, Stored stored) {
    shipment.settle();
    shipment.run(() -> jobs.enqueue(stored.jobs()));
    LOG.debug(
        "{} in {}: {} {}",
        shipment.sesId(),
        shipment.inboxId(),
        stored.outcome(),
        stored.key().id());
  }
}
