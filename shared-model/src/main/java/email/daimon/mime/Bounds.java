package email.daimon.mime;

/** How much of a mail is read. What goes beyond is cut and reported as a {@link Warning}. */
public final class Bounds {
  /** Multiparts within multiparts. */
  public static final int DEPTH = 100;

  /** Parts of one mail, at all depths together. */
  public static final int PARTS = 1_000;

  /** Bytes kept of one header block; the field in which it fills up is the last. */
  public static final int HEADER_BLOCK = 2 << 20;

  /** Bytes kept of one header field. */
  public static final int FIELD = 64 << 10;

  /** Characters of all headers shown together. */
  public static final int SHOWN_HEADERS = 256 << 10;

  /** Header fields shown. */
  public static final int SHOWN_FIELDS = 2_000;

  /** Addresses of one field. */
  public static final int ADDRESSES = 1_000;

  /** Ids of References: the first and the last half of them. */
  public static final int REFERENCES = 100;

  /** Bytes of plain text, all parts together. */
  public static final int TEXT = 2 << 20;

  /** Bytes of HTML, all parts together. */
  public static final int HTML = 4 << 20;

  /** Received fields above which a mail is taken to go round in circles. */
  public static final int RECEIVED = 100;

  /** Bytes of one {@code winmail.dat} that are opened. */
  public static final int OUTLOOK = 24 << 20;

  /** Streams of Outlook within each other. */
  public static final int OUTLOOK_DEPTH = 4;

  /** Mails within the mail of which the beginning of the text is kept. */
  public static final int FORWARDED_TEXTS = 50;

  /** Characters kept of the text of a mail within the mail. */
  public static final int FORWARDED_TEXT = 4 << 10;

  /** Characters kept of the HTML of a mail within the mail: styles come before words. */
  public static final int FORWARDED_HTML = 32 << 10;

  private Bounds() {}
}
