package email.daimon.understand.reply;

/** What a line of a mail is. */
enum Part {
  /** Its sender wrote it. */
  NEW,
  BLANK,
  /** Earlier mail that may stand between answers. */
  QUOTE,
  /** It introduces a quote. */
  ATTRIBUTION,
  /** Earlier mail down to the end. */
  HISTORY,
  FORWARDED,
  SIGNATURE
}
