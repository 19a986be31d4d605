package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One recipient of a mail that is sent, and what became of it there.
 *
 * @param address bare, its domain as A-label
 * @param name as the caller gave it; empty where there was none
 * @param smtpCode the receiving server's reply code, such as {@code 550}; empty where none is known
 * @param reason the receiving server's words, or the transport's
 * @param at when the status was reached; the time of the call while it is open
 */
public record SendRecipient(
    String address,
    String name,
    Kind kind,
    Status status,
    Optional<String> smtpCode,
    Optional<String> reason,
    Instant at) {
  public SendRecipient {
    requireNonNull(address, "address is null");
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(status, "status is null");
    requireNonNull(smtpCode, "smtpCode is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(at, "at is null");
  }

  /** Which field names the recipient; none for {@code bcc}. */
  public enum Kind {
    TO,
    CC,
    BCC;

    /** {@code to}, {@code cc} or {@code bcc}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of the mail at one recipient. A later report changes it only upwards: a bounce that
   * comes after the delivery wins, a report that comes late or twice does no harm.
   */
  public enum Status {
    PENDING(0),
    DELAYED(1),
    /** Somebody has said that the mail never left; a report that it did knows better. */
    NOT_SENT(2),
    DELIVERED(3),
    BOUNCED(4),
    FAILED(4),
    COMPLAINED(5);

    private final int rank;

    Status(int rank) {
      this.rank = rank;
    }

    /** {@code pending}, {@code delayed}, {@code delivered} … */
    public String wireName() {
      return this == NOT_SENT ? "failed" : name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #name()}. */
    public static Status parse(String name) {
      return valueOf(name);
    }

    /** Whether it is still on its way. */
    public boolean open() {
      return this == PENDING || this == DELAYED;
    }

    /** Whether the mail arrived: a complaint comes from who has it. */
    public boolean arrived() {
      return this == DELIVERED || this == COMPLAINED;
    }

    boolean yieldsTo(Status later) {
      return later.rank > rank;
    }
  }

  /** An open recipient of a mail that is just being asked for. */
  public static SendRecipient open(String address, String name, Kind kind, Instant at) {
    return new SendRecipient(
        address, name, kind, Status.PENDING, Optional.empty(), Optional.empty(), at);
  }

  /** With what a report says, where it says more than is known. */
  public SendRecipient reported(
      Status later, Optional<String> code, Optional<String> words, Instant when) {
    return status.yieldsTo(later)
        ? new SendRecipient(address, name, kind, later, code, words, when)
        : this;
  }

  /** Open again: for a mail that is tried once more. */
  SendRecipient reopened(Instant when) {
    return open(address, name, kind, when);
  }
}
