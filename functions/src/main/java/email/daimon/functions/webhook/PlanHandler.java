package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.ListeningWebhook;
import email.daimon.functions.priming.MailToSend;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.Item;
import email.daimon.functions.store.SendJob;
import email.daimon.model.Event;
import email.daimon.model.SealedBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Function {@code webhook-plan}: reads the events out of the table's stream and plans whom they are
 * told. A record that cannot be planned is reported by its number, and the others of its batch are
 * planned all the same: what the stream hands over once more does no harm.
 */
public final class PlanHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(PlanHandler.class);
  private static final String EVENT = "evt_";
  private final Planner planner;

  /** As Lambda makes it. */
  public PlanHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(PlanHandler::rehearse);
  }

  public PlanHandler(Wiring wiring) {
    this(Planner.of(wiring));
  }

  PlanHandler(Planner planner) {
    this.planner = requireNonNull(planner, "planner is null");
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent batch, Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    Map<String, String> numbers = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    for (DynamodbStreamRecord row : batch.getRecords()) {
      String number = row.getDynamodb().getSequenceNumber();
      try {
        if (isEvent(row)) {
          Event event = read(row);
          numbers.putIfAbsent(event.id(), number);
          events.add(event);
        }
      } catch (RuntimeException e) {
        LOG.error("row {} of the stream is no event", number, e);
        failures.add(new BatchItemFailure(number));
      }
    }
    Set<String> failed = planner.plan(events);
    failed.forEach(id -> failures.add(new BatchItemFailure(requireNonNull(numbers.get(id)))));
    return new StreamsEventResponse(failures);
  }

  // The mapping's filter lets nothing else through; whoever calls by hand may have none.
  private static boolean isEvent(DynamodbStreamRecord row) {
    return "INSERT".equals(row.getEventName())
        && StreamItems.item(row.getDynamodb().getKeys()).text("sk").startsWith(EVENT);
  }

  private static Event read(DynamodbStreamRecord row) {
    Item item = StreamItems.item(row.getDynamodb().getNewImage());
    if (!item.has("accountId") || !item.has("type") || !item.has("at")) {
      throw new IllegalArgumentException("an event without account, type or time");
    }
    return EventCodec.event(item);
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    Scene scene = Scene.of(wiring, "example.com");
    SendJob mail = MailToSend.submit(wiring, scene);
    String webhook = wiring.ids().next("wh", wiring.clock().instant());
    SealedBytes sealed = new SealedBytes(new byte[1]);
    ListeningWebhook.make(wiring, mail.accountId(), webhook, new SealedSecret(sealed, sealed));
    Event event = ListeningWebhook.event(wiring, mail.accountId(), mail.inboxId(), mail.key());
    if (!Planner.of(wiring).plan(List.of(event)).isEmpty()
        || wiring.hooks().deliveries().find(webhook, event.id()).isEmpty()) {
      throw new IllegalStateException("an event is not planned");
    }
  }
}
