package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a transport reports of a mail after the call: an event of SES, or a bounce that came as
 * mail.
 *
 * @param tags which mail, and which attempt to send it
 * @param at when it happened there
 * @param transportId SES's message id; empty for a bounce that came as mail
 * @param messageIdHeader the Message-ID that the recipients see, with brackets
 * @param recipients those concerned; empty where the report is about the whole mail
 * @param permanent of a bounce: whether the address will never take mail
 * @param detail the kind of bounce or complaint in the reporter's words, such as {@code
 *     Permanent/General} or {@code abuse}
 */
public record DeliveryNews(
    Kind kind,
    SendTags tags,
    Instant at,
    Optional<String> transportId,
    Optional<String> messageIdHeader,
    List<Recipient> recipients,
    boolean permanent,
    String detail) {
  public DeliveryNews {
    requireNonNull(kind, "kind is null");
    requireNonNull(tags, "tags is null");
    requireNonNull(at, "at is null");
    requireNonNull(transportId, "transportId is null");
    requireNonNull(messageIdHeader, "messageIdHeader is null");
    recipients = List.copyOf(recipients);
    requireNonNull(detail, "detail is null");
  }

  /** What happened. */
  public enum Kind {
    /** The transport has taken the mail. */
    SEND,
    /** A receiving server has taken it. */
    DELIVERY,
    /** A receiving server wants it later; the transport goes on trying. */
    DELAY,
    /** A receiving server refused it for good. */
    BOUNCE,
    /** A reader called it spam. */
    COMPLAINT,
    /** The transport took it and then would not send it, such as SES a virus. */
    REJECT
  }

  /**
   * A recipient concerned.
   *
   * @param address as the report has it, bare
   */
  public record Recipient(String address, Optional<String> smtpCode, Optional<String> reason) {
    public Recipient {
      requireNonNull(address, "address is null");
      requireNonNull(smtpCode, "smtpCode is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
