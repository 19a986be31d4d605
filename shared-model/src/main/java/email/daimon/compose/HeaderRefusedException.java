package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;

/** A header field that a caller may not set, or not so; the message names it and says why. */
public final class HeaderRefusedException extends DaimonException {
  private static final long serialVersionUID = 1L;
  private final String header;

  HeaderRefusedException(String header, String why) {
    super("Header " + header + " " + why);
    this.header = requireNonNull(header, "header is null");
  }

  /** The name as the caller wrote it. */
  public String header() {
    return header;
  }
}
