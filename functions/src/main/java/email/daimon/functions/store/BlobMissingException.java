package email.daimon.functions.store;

import email.daimon.DaimonException;

/** An object that is named somewhere is not there. */
public final class BlobMissingException extends DaimonException {
  private static final long serialVersionUID = 1L;

  public BlobMissingException(String key, Throwable cause) {
    super("no object " + key, cause);
  }
}
