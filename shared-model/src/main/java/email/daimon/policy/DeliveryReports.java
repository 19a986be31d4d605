package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.DeliveryNews;
import email.daimon.model.EventType;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a report changes of a mail that we sent (rules 5.5 and 5.6): each recipient only upwards,
 * and one event for each change. A report of any kind proves that the transport had taken the mail.
 */
public final class DeliveryReports {
  private DeliveryReports() {}

  /**
   * What a report comes to.
   *
   * @param events of the changes, none where nothing is new
   */
  public record Outcome(Outgoing outgoing, List<Occurrence> events) {
    public Outcome {
      events = List.copyOf(events);
    }

    /** Whether anything is to be stored. */
    public boolean changes(Outgoing before) {
      return !outgoing.equals(before);
    }
  }

  /**
   * An event about a mail that is sent.
   *
   * @param recipients those concerned
   */
  public record Occurrence(EventType type, List<SendRecipient> recipients) {
    public Occurrence {
      requireNonNull(type, "type is null");
      recipients = List.copyOf(recipients);
    }
  }

  /** Applies a report to a mail; one about an attempt that was given up changes nothing. */
  public static Outcome apply(Outgoing before, DeliveryNews news) {
    if (!news.tags().attempt().equals(before.attempt()) || neverLeft(before)) {
      return new Outcome(before, List.of());
    }
    List<Occurrence> events = new ArrayList<>();
    Outgoing taken = before;
    if (before.state() != State.OUT) {
      taken = before.accepted(news.at(), news.transportId().orElse(""), news.messageIdHeader());
      if (before.state() == State.UNKNOWN) {
        events.add(new Occurrence(EventType.MESSAGE_RESOLVED, before.recipients()));
      }
    } else if (before.messageIdHeader().isEmpty() || before.transportId().isEmpty()) {
      taken = before.accepted(news.at(), news.transportId().orElse(""), news.messageIdHeader());
    }
    Outgoing after = taken.reported(report(news));
    List<SendRecipient> changed = after.changedSince(taken);
    if (!changed.isEmpty()) {
      events.add(new Occurrence(type(news.kind()), changed));
    }
    return new Outcome(after, events);
  }

  /** Whether the address will not take mail again, so that nothing more should be sent there. */
  public static boolean suppresses(DeliveryNews news) {
    return news.kind() == DeliveryNews.Kind.COMPLAINT
        || (news.kind() == DeliveryNews.Kind.BOUNCE && news.permanent());
  }

  private static boolean neverLeft(Outgoing outgoing) {
    return switch (outgoing.state()) {
      case SCHEDULED, QUEUED, CLAIMED, CANCELLED -> true;
      case ATTEMPTING, OUT, UNKNOWN -> false;
    };
  }

  private static Function<SendRecipient, SendRecipient> report(DeliveryNews news) {
    if (news.kind() == DeliveryNews.Kind.SEND) {
      return Function.identity();
    }
    Map<String, DeliveryNews.Recipient> named =
        news.recipients().stream()
            .collect(
                Collectors.toMap(
                    one -> one.address().toLowerCase(Locale.ROOT),
                    Function.identity(),
                    (first, _) -> first));
    Status status = status(news.kind());
    Instant at = news.at();
    return one -> {
      if (named.isEmpty()) {
        return one.reported(status, Optional.empty(), words(news), at);
      }
      DeliveryNews.Recipient report = named.get(one.address().toLowerCase(Locale.ROOT));
      return report == null
          ? one
          : one.reported(status, report.smtpCode(), report.reason().or(() -> words(news)), at);
    };
  }

  private static Optional<String> words(DeliveryNews news) {
    return Optional.of(news.detail()).filter(text -> !text.isEmpty());
  }

  private static Status status(DeliveryNews.Kind kind) {
    return switch (kind) {
      case SEND -> Status.PENDING;
      case DELAY -> Status.DELAYED;
      case DELIVERY -> Status.DELIVERED;
      case BOUNCE -> Status.BOUNCED;
      case COMPLAINT -> Status.COMPLAINED;
      case REJECT -> Status.FAILED;
    };
  }

  private static EventType type(DeliveryNews.Kind kind) {
    return switch (kind) {
      case SEND, DELIVERY -> EventType.MESSAGE_SENT;
      case DELAY -> EventType.MESSAGE_DELAYED;
      case BOUNCE -> EventType.MESSAGE_BOUNCED;
      case COMPLAINT -> EventType.MESSAGE_COMPLAINED;
      case REJECT -> EventType.MESSAGE_FAILED;
    };
  }
}
