package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a mail says that reports of what became of another (RFC 3464, RFC 8098, RFC 5965). Anybody
 * can write one: it is shown and changes nothing.
 *
 * @param type of a disposition what was done, such as {@code displayed} or {@code deleted}; of
 *     feedback what was complained of, such as {@code abuse} or {@code fraud}
 * @param reportingMta the server that reports, such as {@code mx.example.com}
 * @param originalMessageId Message-ID of the mail that it is about, with brackets
 * @param recipients those it is about, at most {@link #MOST}
 */
public record DeliveryReport(
    Kind kind,
    Optional<String> type,
    Optional<String> reportingMta,
    Optional<String> originalMessageId,
    List<Recipient> recipients) {
  /** Recipients that are kept of one report: as many as one mail of ours may have. */
  public static final int MOST = 50;

  /** What is reported. */
  public enum Kind {
    /** Whether the mail arrived. */
    DELIVERY,
    /** That its reader opened or deleted it. */
    DISPOSITION,
    /** That its reader complained of it. */
    FEEDBACK;

    /** As the API spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public DeliveryReport {
    requireNonNull(kind, "kind is null");
    requireNonNull(type, "type is null");
    requireNonNull(reportingMta, "reportingMta is null");
    requireNonNull(originalMessageId, "originalMessageId is null");
    recipients = List.copyOf(recipients);
  }

  /**
   * What it says of one recipient.
   *
   * @param action {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} or {@code
   *     expanded}
   * @param status the enhanced status code (RFC 3463), such as {@code 5.1.1}
   * @param finalRecipient the address that it was to be delivered to
   * @param diagnosticCode what the server said, with its type: {@code smtp; 550 5.1.1 unknown}
   */
  public record Recipient(
      Optional<String> action,
      Optional<String> status,
      Optional<String> finalRecipient,
      Optional<String> diagnosticCode) {
    public Recipient {
      requireNonNull(action, "action is null");
      requireNonNull(status, "status is null");
      requireNonNull(finalRecipient, "finalRecipient is null");
      requireNonNull(diagnosticCode, "diagnosticCode is null");
    }
  }
}
