package email.daimon.local.ses;

import email.daimon.DaimonException;

/** The spool folder cannot be used. */
public final class SpoolException extends DaimonException {
  private static final long serialVersionUID = 1L;

  SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
