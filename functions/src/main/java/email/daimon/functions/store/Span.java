package email.daimon.functions.store;

/**
 * A stretch of inbox time in milliseconds, {@code from} within, {@code end} without. A time belongs
 * to one message of an inbox, so a place in a list is one number.
 */
public record Span(long from, long end) {
  /** Larger than any time that thirteen digits can say. */
  private static final long LAST = 9_999_999_999_999L;

  /** All of it. */
  public static final Span ALL = new Span(0, LAST);

  public Span {
    from = Math.clamp(from, 0, LAST);
    end = Math.clamp(end, 0, LAST);
  }

  public boolean empty() {
    return from >= end;
  }

  public boolean holds(long time) {
    return time >= from && time < end;
  }

  /** What both hold. */
  public Span and(Span other) {
    return new Span(Math.max(from, other.from), Math.min(end, other.end));
  }

  // Keys go on after the digits, so the digits alone sort before every key of their millisecond.
  String firstText() {
    return "%013d".formatted(from);
  }

  String endText() {
    return "%013d".formatted(end);
  }
}
