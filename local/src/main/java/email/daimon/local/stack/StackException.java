package email.daimon.local.stack;

/** The template says something that this reader does not understand, or contradicts itself. */
public final class StackException extends RuntimeException {
  public StackException(String message) {
    super(message);
  }
}
