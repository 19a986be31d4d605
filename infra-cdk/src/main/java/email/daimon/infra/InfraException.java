package email.daimon.infra;

import email.daimon.DaimonException;

/** The settings or the template do not allow a stack to be made. */
public final class InfraException extends DaimonException {
  private static final long serialVersionUID = 1L;

  InfraException(String message) {
    super(message);
  }
}
