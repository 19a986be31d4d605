package email.daimon.functions.store;

import email.daimon.DaimonException;

/**
 * The store could not take the change just now: conflicts or throttling beyond what is worth
 * waiting for; or something else that is nobody's fault is in the way, such as a rate. A queue's
 * handler defers the message, an API call answers 503 with Retry-After. Nothing was written.
 */
public final class DeferredException extends DaimonException {
  private static final long serialVersionUID = 1L;

  public DeferredException(String message) {
    super(message);
  }

  public DeferredException(String message, Throwable cause) {
    super(message, cause);
  }
}
