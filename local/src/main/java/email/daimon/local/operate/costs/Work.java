package email.daimon.local.operate.costs;

import java.util.Locale;

/** Pieces of work whose calls are counted, one by one. */
public enum Work {
  RECEIVED("a mail received"),
  SENT("a mail sent, with its two reports"),
  WEBHOOK("a webhook told of a mail"),
  LIST("a list of 20 mails read"),
  READ("a mail read"),
  WAIT("a call that waits 25 s for a mail"),
  MINUTE("a minute in which nothing happens");

  private final String text;

  Work(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** As tables name it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
