package email.daimon.local;

import email.daimon.DaimonException;

/** Local mode cannot start; the message is one line and says the cure. */
public final class StartException extends DaimonException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
