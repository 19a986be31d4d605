package email.daimon.functions.admin;

import email.daimon.DaimonException;

/** A command that cannot be carried out; the message is one line for the operator. */
public final class AdminException extends DaimonException {
  private static final long serialVersionUID = 1L;

  AdminException(String message) {
    super(message);
  }
}
