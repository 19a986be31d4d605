package email.daimon.local.smtp;

/** Whether mail to an address is taken: the look-up that the inbound function uses too. */
@FunctionalInterface
public interface Recipients {
  boolean accepts(String address);
}
