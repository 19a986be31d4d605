package email.daimon.mime;

import java.util.Locale;

/**
 * What was odd about a mail and how it was read all the same. No warning is an error: the mail is
 * stored and readable. {@link #code()} is stable and shown to users as {@code warnings[]}.
 */
public enum Warning {
  /**
   * Multiparts nest deeper than {@link Bounds#DEPTH}; what lies deeper is one opaque attachment.
   */
  TOO_DEEP,
  /** More than {@link Bounds#PARTS} parts; the rest was left out. */
  TOO_MANY_PARTS,
  /** One header field was longer than {@link Bounds#FIELD}; its rest was left out. */
  HEADER_TOO_LONG,
  /** A header block was longer than {@link Bounds#HEADER_BLOCK}; its rest was left out. */
  HEADER_BLOCK_TOO_LARGE,
  /** The shown headers were cut at {@link Bounds#SHOWN_HEADERS}. */
  HEADERS_TRUNCATED,
  /** More than {@link Bounds#ADDRESSES} addresses in one field; the rest was left out. */
  TOO_MANY_ADDRESSES,
  /** More than {@link Bounds#REFERENCES} ids in References; the first and last 50 were kept. */
  TOO_MANY_REFERENCES,
  /** More than one From field: the first one counts, and the sender is never verified. */
  TWO_FROM_FIELDS,
  /** A field that may stand once stands twice; the first one counts (RFC 5322, 3.6). */
  REPEATED_FIELD,
  /** A line within the header block is no header field; it was left out. */
  BAD_HEADER_LINE,
  /** The mail begins with text instead of a header, or text follows the header without a blank. */
  NO_HEADER,
  /** A multipart has no end boundary: the mail may be cut off. */
  UNTERMINATED_BOUNDARY,
  /** A multipart names no boundary, or one that never occurs; it was guessed from the body. */
  GUESSED_BOUNDARY,
  /** Base64 with foreign characters, or padding in its middle. */
  BAD_BASE64,
  /** Quoted-printable with {@code =} before something that is no hexadecimal pair. */
  BAD_QUOTED_PRINTABLE,
  /** Content-Transfer-Encoding is unknown; the bytes were taken as they are. */
  UNKNOWN_TRANSFER_ENCODING,
  /** The declared charset does not fit the bytes or is unknown; another one was taken. */
  CHARSET_FALLBACK,
  /** The plain text was longer than {@link Bounds#TEXT}; its rest was left out. */
  TEXT_TRUNCATED,
  /** The HTML was longer than {@link Bounds#HTML}; its rest was left out. */
  HTML_TRUNCATED,
  /** More than {@link Bounds#RECEIVED} Received fields: the mail may go round in circles. */
  MAIL_LOOP,
  /** A {@code winmail.dat} was longer than {@link Bounds#OUTLOOK}; its rest was left closed. */
  OUTLOOK_TOO_LARGE,
  /** The mail, or its text, is encrypted: what it says is not known. */
  ENCRYPTED,
  /** The mail is wrapped in S/MIME, signed or compressed; it was not opened. */
  CONTAINER_NOT_OPENED,
  /** Nothing at all came in. */
  EMPTY_MAIL;

  /** The stable name that users see, such as {@code too_many_parts}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
