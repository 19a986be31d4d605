package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.Arrival;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a mail into one inbox, and sends on their way the jobs that its commit asked for. */
final class MailboxDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxDelivery.class);
  private final Mailbox mailbox;
  private final JobQueue jobs;

  MailboxDelivery(Mailbox mailbox, JobQueue jobs) {
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  @Override
  public void deliver(ReadMail read, MailObjects objects, Destination destination) {
    Arrival arrival = Composition.compose(read, destination, objects.packed());
    Stored stored = mailbox.store(arrival, () -> objects.write(arrival.message()));
    jobs.enqueue(stored.jobs());
    LOG.debug(
        "{} in {}: {} {}",
        read.notification().sesId(),
        destination.inbox().id(),
        stored.outcome(),
        stored.key().id());
  }
}
