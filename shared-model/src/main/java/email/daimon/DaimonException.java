package email.daimon;

/**
 * The root of everything this platform throws on purpose. Each subclass is mapped once to a status
 * and a code.
 */
public class DaimonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DaimonException(String message) {
    super(message);
  }

  public DaimonException(String message, Throwable cause) {
    super(message, cause);
  }
}
