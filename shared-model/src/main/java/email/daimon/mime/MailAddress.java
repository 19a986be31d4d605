package email.daimon.mime;

import java.util.Objects;

/**
 * One mailbox of an address field (RFC 5322, 3.4).
 *
 * @param address the bare address as written, {@code local@domain}; empty where the field gives
 *     only a name
 * @param name the decoded display name, or the comment beside the address; empty if there is none.
 *     Whoever wrote the mail chose it: it proves nothing
 */
public record MailAddress(String address, String name) {
  public MailAddress {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(name, "name");
  }

  /** The part after the last {@code @}, or empty. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
