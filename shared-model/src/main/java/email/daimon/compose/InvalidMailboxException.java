package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;

/** A string of a caller is not one mailbox that mail can be sent to. */
public final class InvalidMailboxException extends DaimonException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** There is nothing. */
    EMPTY,
    /** More than one mailbox in one string. */
    LIST,
    /** CR, LF, NUL or another control character, or half a surrogate pair. */
    CONTROL_CHARACTER,
    /** The local part is not ASCII: only a next hop with SMTPUTF8 (RFC 6531) takes it. */
    NEEDS_SMTPUTF8,
    /** Longer than RFC 5321, 4.5.3.1 allows. */
    TOO_LONG,
    /** Not the form {@code local@domain} or {@code Name <local@domain>}. */
    SYNTAX
  }

  private final Kind kind;

  InvalidMailboxException(Kind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind is null");
  }

  public Kind kind() {
    return kind;
  }
}
