package email.daimon.local.stack;

import email.daimon.DaimonException;

/** The template says something that this reader does not understand, or contradicts itself. */
public final class StackException extends DaimonException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }
}
