package email.daimon.functions.webhook;

/** Calls a webhook's server. */
public interface Post {
  /**
   * Sends a letter and waits for the answer; whatever goes wrong is an answer too.
   *
   * @param slow is run once the call has been under way for a second, while it goes on
   */
  Answer send(Letter letter, Runnable slow);
}
