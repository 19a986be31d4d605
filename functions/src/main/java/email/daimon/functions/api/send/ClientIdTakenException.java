package email.daimon.functions.api.send;

import email.daimon.DaimonException;

/** Another request with the same client_id was faster. */
final class ClientIdTakenException extends DaimonException {
  private static final long serialVersionUID = 1L;

  ClientIdTakenException() {
    super("another request with this client_id was faster");
  }
}
