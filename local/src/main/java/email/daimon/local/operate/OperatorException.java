package email.daimon.local.operate;

import email.daimon.DaimonException;

/** A command of the operator cannot be carried out; the message is one line and says the cure. */
public class OperatorException extends DaimonException {
  private static final long serialVersionUID = 1L;

  public OperatorException(String message) {
    super(message);
  }

  public OperatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
