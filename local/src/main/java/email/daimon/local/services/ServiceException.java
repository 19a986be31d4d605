package email.daimon.local.services;

import email.daimon.DaimonException;

/** An emulated service could not be started, used or stopped. */
public final class ServiceException extends DaimonException {
  private static final long serialVersionUID = 1L;

  public ServiceException(String message) {
    super(message);
  }

  public ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
