package email.daimon.understand.codes;

/**
 * What may be a code by its form.
 *
 * @param value as it is to be typed
 * @param start in the clean text, half open with {@code end}
 * @param form what it looks like
 */
record Candidate(String value, int start, int end, Form form) {
  /** Forms of codes. */
  enum Form {
    /** Digits, perhaps in groups. */
    DIGITS,
    /** Groups that a telephone number has as well. */
    DOUBTFUL,
    /** Letters and digits. */
    MIXED,
    /** A letter or two, a hyphen and digits; letters alone on one side of it. */
    PREFIXED,
    /** Bound to a domain: {@code @host #123456}. */
    BOUND
  }

  /** Four digits that may be a year. */
  boolean isYear() {
    return value.length() == 4 && (value.startsWith("19") || value.startsWith("20"));
  }

  /** Eight digits that may be a date, or a number that is rounded. */
  boolean isDateOrRound() {
    boolean date = value.length() == 8 && (value.startsWith("19") || value.startsWith("20"));
    return date || value.endsWith("000");
  }
}
