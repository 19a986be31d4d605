package email.daimon.local.lambda;

import email.daimon.DaimonException;

/** A handler threw, or cannot be made. */
public final class FunctionException extends DaimonException {
  private static final long serialVersionUID = 1L;

  FunctionException(String message, Throwable cause) {
    super(message, cause);
  }
}
