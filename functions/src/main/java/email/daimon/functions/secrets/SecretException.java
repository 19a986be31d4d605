package email.daimon.functions.secrets;

import email.daimon.DaimonException;

/** A secret that does not open: of another account or webhook, or changed. */
public final class SecretException extends DaimonException {
  private static final long serialVersionUID = 1L;

  SecretException(String message, Throwable cause) {
    super(message, cause);
  }
}
