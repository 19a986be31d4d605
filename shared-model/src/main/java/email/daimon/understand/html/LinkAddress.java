package email.daimon.understand.html;

import java.util.Locale;
import java.util.Optional;

/** Addresses of links that lead to the web. */
public final class LinkAddress {
  private static final int LONGEST = 8_000;

  private LinkAddress() {}

  /** The address without blanks and line breaks; empty unless it is http or https. */
  public static Optional<String> of(String href) {
    if (href.length() > LONGEST) {
      return Optional.empty();
    }
    StringBuilder tight = new StringBuilder(href.length());
    for (int i = 0; i < href.length(); i++) {
      if (href.charAt(i) > ' ') {
        tight.append(href.charAt(i));
      }
    }
    String address = tight.toString();
    String start = address.substring(0, Math.min(8, address.length())).toLowerCase(Locale.ROOT);
    boolean web = start.startsWith("http://") || start.startsWith("https://");
    return web && address.length() > 8 ? Optional.of(address) : Optional.empty();
  }
}
