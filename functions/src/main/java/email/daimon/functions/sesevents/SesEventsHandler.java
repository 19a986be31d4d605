package email.daimon.functions.sesevents;

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
import email.daimon.functions.reports.NewsDesk;
import email.daimon.functions.store.DeferredException;
import email.daimon.model.DeliveryNews;
import email.daimon.model.Message;
import email.daimon.model.SendTags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what SES publishes: a batch together where that works, else events of one inbox one
 * after the other, inboxes beside each other.
 */
public final class SesEventsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  /** Role of the queue that the events come by. */
  public static final String QUEUE = "SES_EVENTS";

  private static final Logger LOG = LoggerFactory.getLogger(SesEventsHandler.class);
  private final NewsDesk desk;
  private final Deferral deferral;

  /** As Lambda makes it. */
  public SesEventsHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(SesEventsHandler::rehearse);
  }

  public SesEventsHandler(Wiring wiring) {
    this(wiring.newsDesk(), wiring.deferral(QUEUE));
  }

  SesEventsHandler(NewsDesk desk, Deferral deferral) {
    this.desk = requireNonNull(desk, "desk is null");
    this.deferral = requireNonNull(deferral, "deferral is null");
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<Report> reports = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      switch (SesEvent.read(message.getBody())) {
        case SesEvent.Reading.Other(String why) ->
            LOG.warn("{} is {}", message.getMessageId(), why);
        case SesEvent.Reading.News(DeliveryNews news) -> reports.add(new Report(message, news));
      }
    }
    Set<DeliveryNews> left = Set.copyOf(together(reports.stream().map(Report::news).toList()));
    List<BatchItemFailure> failures = Collections.synchronizedList(new ArrayList<>());
    Map<String, List<Runnable>> byInbox = new LinkedHashMap<>();
    for (Report one : reports) {
      if (left.contains(one.news)) {
        byInbox
            .computeIfAbsent(one.news.tags().inboxId(), _ -> new ArrayList<>())
            .add(() -> report(one.message, one.news, failures));
      }
    }
    List<Runnable> groups = new ArrayList<>();
    byInbox.values().forEach(group -> groups.add(() -> group.forEach(Runnable::run)));
    Parallel.run(groups);
    return new SQSBatchResponse(List.copyOf(failures));
  }

  private record Report(SQSMessage message, DeliveryNews news) {}

  private List<DeliveryNews> together(List<DeliveryNews> news) {
    try {
      return news.isEmpty() ? news : desk.reportTogether(news);
    } catch (RuntimeException e) {
      LOG.warn("{} reports are taken one by one", news.size(), e);
      return news;
    }
  }

  private void report(SQSMessage message, DeliveryNews news, List<BatchItemFailure> failures) {
    try {
      try {
        desk.report(news);
      } catch (DeferredException e) {
        deferral.defer(message, e);
      }
    } catch (RuntimeException e) {
      LOG.error("{} failed", message.getMessageId(), e);
      failures.add(new BatchItemFailure(message.getMessageId()));
    }
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    SendTags mail = MailToSend.attempt(wiring, Scene.of(wiring, "example.com"));
    String tags =
        mail.toMap().entrySet().stream()
            .map(tag -> "\"%s\":[\"%s\"]".formatted(tag.getKey(), tag.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    String event =
        """
        {"eventType":"Delivery",
         "mail":{"timestamp":"2026-01-01T00:00:00.000Z","messageId":"0100-rehearsal",
           "source":"rehearsal@example.com","destination":["%s"],"tags":%s},
         "delivery":{"timestamp":"2026-01-01T00:00:01.000Z","processingTimeMillis":900,
           "recipients":["%1$s"],"smtpResponse":"250 OK"}}
        """
            .formatted(MailToSend.RECIPIENT, tags);
    Scene.done(new SesEventsHandler(wiring).handleRequest(Scene.message(event), new NoCall()));
    Optional<Message> reported = wiring.sends().find(mail.inboxId(), mail.message());
    if (!reported.orElseThrow().status().equals("sent")) {
      throw new IllegalStateException("a report is not taken in: " + reported.get().status());
    }
  }
}
