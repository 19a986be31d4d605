package email.daimon.functions.store;

import email.daimon.model.EventType;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import email.daimon.policy.DeliveryReports.Occurrence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The events of what the answer of a transport, or the want of one, changes. */
final class Outcomes {
  private static final Map<Status, EventType> TYPES =
      new EnumMap<>(
          Map.of(
              Status.DELIVERED, EventType.MESSAGE_SENT,
              Status.BOUNCED, EventType.MESSAGE_BOUNCED,
              Status.FAILED, EventType.MESSAGE_FAILED,
              Status.NOT_SENT, EventType.MESSAGE_FAILED));

  private Outcomes() {}

  /** One event for each kind of change, in the order of the statuses. */
  static List<Occurrence> events(Outgoing before, Outgoing after) {
    List<Occurrence> events = new ArrayList<>();
    if (before.state() == State.UNKNOWN && after.state() != State.UNKNOWN) {
      events.add(new Occurrence(EventType.MESSAGE_RESOLVED, after.recipients()));
    }
    List<SendRecipient> changed = after.changedSince(before);
    for (Map.Entry<Status, EventType> type : TYPES.entrySet()) {
      List<SendRecipient> concerned =
          changed.stream().filter(one -> one.status() == type.getKey()).toList();
      if (!concerned.isEmpty()) {
        events.add(new Occurrence(type.getValue(), concerned));
      }
    }
    return events;
  }
}
