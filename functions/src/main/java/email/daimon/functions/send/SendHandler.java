package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.MailToSend;
import email.daimon.functions.priming.NoCall;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.DraftJob;
import email.daimon.functions.store.DraftRelease;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.Sends;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the queue says, each mail by itself; what has to wait is deferred, not failed. */
public final class SendHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(SendHandler.class);
  private final Optional<Worker> worker;
  private final Sends sends;
  private final DraftRelease drafts;
  private final Deferral deferral;

  /** As Lambda makes it. */
  public SendHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(SendHandler::rehearse);
  }

  public SendHandler(Wiring wiring) {
    this(Workers.of(wiring), wiring.sends(), wiring.draftRelease(), wiring.deferral(SendJob.QUEUE));
  }

  /**
   * @param worker empty where there is no transport: mails are parked until there is one
   */
  SendHandler(Optional<Worker> worker, Sends sends, DraftRelease drafts, Deferral deferral) {
    this.worker = requireNonNull(worker, "worker is null");
    this.sends = requireNonNull(sends, "sends is null");
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.deferral = requireNonNull(deferral, "deferral is null");
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<BatchItemFailure> failures = Collections.synchronizedList(new ArrayList<>());
    List<Runnable> tasks = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      tasks.add(() -> {
        if (!done(message)) {
          failures.add(new BatchItemFailure(message.getMessageId()));
        }
      });
    }
    Parallel.run(tasks);
    return new SQSBatchResponse(List.copyOf(failures));
  }

  private boolean done(SQSMessage message) {
    try {
      if (DraftJob.is(message.getBody())) {
        drafts.release(DraftJob.parse(message.getBody()));
        return true;
      }
      SendJob job = SendJob.parse(message.getBody());
      if (worker.isPresent()) {
        worker.get().send(job);
      } else {
        sends.park(job);
      }
      return true;
    } catch (DeferredException e) {
      return deferred(message, e);
    } catch (RuntimeException e) {
      LOG.error("{} failed", message.getMessageId(), e);
      return false;
    }
  }

  private boolean deferred(SQSMessage message, DeferredException reason) {
    try {
      deferral.defer(message, reason);
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} could not be deferred", message.getMessageId(), e);
      return false;
    }
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    SendJob job = MailToSend.submit(wiring, Scene.of(wiring));
    SendHandler handler = new SendHandler(wiring);
    Scene.done(handler.handleRequest(Scene.message(job.json()), new NoCall()));
    Optional<Outgoing> way =
        wiring.sends().find(job.inboxId(), job.key()).flatMap(Message::outgoing);
    if (handler.worker.isPresent() && way.flatMap(Outgoing::acceptedAt).isEmpty()) {
      throw new IllegalStateException("a mail is not sent");
    }
  }
}
