package email.daimon.functions.jobs;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.NoCall;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.Blobs.Received;
import email.daimon.functions.store.BulkChanges;
import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.FeedGrowth;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.store.Recount;
import email.daimon.functions.store.UnprocessedMail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does bulk work: chunk after chunk while there is time, the rest in a message to itself. A pass
 * over an index may miss what the index does not show yet, so the last pass is one that finds
 * nothing to change.
 */
public final class JobsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(JobsHandler.class);
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);
  private static final int NAMED = 20;
  private static final Duration INDEX_LAG = Duration.ofSeconds(5);
  private final BulkChanges changes;
  private final WebhookJobs webhooks;
  private final UnprocessedMail unprocessed;
  private final Recount recount;
  private final FeedGrowth feedGrowth;
  private final TenantMaking tenants;
  private final Jobs jobs;
  private final JobQueue queue;
  private final Deferral deferral;

  /** As Lambda makes it. */
  public JobsHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(JobsHandler::rehearse);
  }

  public JobsHandler(Wiring wiring) {
    this.changes = wiring.bulkChanges();
    this.webhooks = WebhookJobs.of(wiring);
    this.unprocessed = wiring.unprocessedMail();
    this.recount = wiring.recount();
    this.feedGrowth = wiring.feedGrowth();
    this.tenants = wiring.tenantMaking();
    this.jobs = wiring.jobs();
    this.queue = wiring.jobQueue();
    this.deferral = wiring.deferral(Jobs.QUEUE);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      try {
        work(Job.parse(message.getBody()), context);
      } catch (DeferredException e) {
        deferral.defer(message, e);
      } catch (RuntimeException e) {
        LOG.error("job failed: {}", message.getBody(), e);
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private Chunk next(Job job, Optional<String> position) {
    return switch (job.type()) {
      case WEBHOOK_UNHEALTHY,
          WEBHOOK_RECOVERED,
          WEBHOOK_DISABLED,
          CLOSE_DELIVERIES,
          WEBHOOKS_OF_TIER,
          REPLAY_WEBHOOK ->
          webhooks.next(job, position);
      case DELETE_INBOX -> {
        queue.enqueue(webhooks.ofDeletedInbox(job, position));
        yield changes.next(job, position);
      }
      case UNPROCESSED_MAIL -> tellOfUnprocessed();
      case RECOUNT -> recount.next(position);
      case MOVE_FEED -> feedGrowth.next(job, position);
      case MAKE_TENANT -> {
        tenants.make(job.accountId());
        yield new Chunk(0, Optional.empty(), List.of());
      }
      case MERGE_THREAD, DELETE_THREAD, READ_THREAD -> changes.next(job, position);
    };
  }

  private Chunk tellOfUnprocessed() {
    List<Received> found = unprocessed.find();
    if (!found.isEmpty()) {
      // An alarm matches these words; ./daimon admin lists all of them.
      LOG.warn(
          "metric UnprocessedMail {} since {}: {}",
          found.size(),
          found.getFirst().at(),
          found.stream().limit(NAMED).map(Received::sesId).collect(Collectors.joining(" ")));
    }
    return new Chunk(0, Optional.empty(), List.of());
  }

  private void work(Job job, Context context) {
    Jobs.Progress progress = jobs.progress(job);
    Optional<String> position = progress.position();
    long changed = progress.changed();
    while (true) {
      Chunk chunk = next(job, position);
      changed += chunk.changed();
      queue.enqueue(chunk.more());
      if (chunk.next().isEmpty()) {
        break;
      }
      position = chunk.next();
      jobs.save(job, position.get(), changed);
      if (chunk.pause().isPositive()
          || context.getRemainingTimeInMillis() < TIME_TO_STOP.toMillis()) {
        queue.again(job, chunk.pause());
        return;
      }
    }
    LOG.info("job {} {}: pass done, {} rows changed", job.id(), job.type(), changed);
    if (changed > 0) {
      jobs.rewind(job);
      queue.again(job, INDEX_LAG);
    } else {
      if (job.type() == Job.Type.MOVE_FEED) {
        feedGrowth.close(job);
      }
      jobs.done(job);
    }
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    Job job = Job.recount(wiring.clock().instant());
    Scene.done(new JobsHandler(wiring).handleRequest(Scene.message(job.json()), new NoCall()));
  }
}
