package email.daimon.compose;

/** What one sent mail may hold, known before the call and named in its refusal. */
public final class ComposeLimits {
  /** To, Cc and Bcc together, each recipient once: what SES takes in one call. */
  public static final int RECIPIENTS = 50;

  /** Bytes of the composed mail, encodings included: what SES takes. */
  public static final long COMPOSED_BYTES = 40L << 20;

  /** Bytes of one request to the API; larger files are uploaded. */
  public static final int REQUEST_BYTES = 5 << 20;

  /** Files of one mail. */
  public static final int FILES = 100;

  /** Characters of a subject: the longest line of a mail (RFC 5322, 2.1.1). */
  public static final int SUBJECT = 998;

  /** Header fields of the caller's own in one mail. */
  public static final int HEADERS = 30;

  /** Bytes (UTF-8) of the value of one of them: it fits a line even where it has no blank. */
  public static final int HEADER_VALUE = 900;

  /** Ids in References. */
  public static final int REFERENCES = 50;

  private ComposeLimits() {}
}
