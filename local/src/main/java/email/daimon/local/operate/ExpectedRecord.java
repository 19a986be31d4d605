package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

/**
 * A record that the domain's zone should have.
 *
 * @param value as {@link Dns} gives it
 * @param use what does not work without it, as the end of a sentence
 */
public record ExpectedRecord(String name, Dns.Type type, String value, String use) {
  public ExpectedRecord {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(value, "value is null");
    requireNonNull(use, "use is null");
  }

  /** As a line of a zone file. */
  public String line() {
    String written =
        switch (type) {
          case TXT -> "\"" + value + "\"";
          case MX, CNAME -> value + ".";
          case A, AAAA -> value;
        };
    return "%s. %s %s".formatted(name, type, written);
  }
}
