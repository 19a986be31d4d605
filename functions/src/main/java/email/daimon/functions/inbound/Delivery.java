package email.daimon.functions.inbound;

/** The commit of a mail into one inbox. */
@FunctionalInterface
interface Delivery {
  /** Delivers; once or more often comes to the same. */
  void deliver(ReadMail read, MailObjects objects, Destination destination);
}
