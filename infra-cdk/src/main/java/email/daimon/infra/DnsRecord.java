package email.daimon.infra;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that the domain needs, wherever its DNS lies. Names and values may be tokens.
 *
 * @param values as in a zone file; text without its quotation marks
 * @param aliasZone the hosted zone of an alias, where a CNAME is not allowed or not needed
 */
record DnsRecord(
    Kind kind, String id, String name, Type type, List<String> values, Optional<String> aliasZone) {

  /** What a record is for: the settings name these. */
  enum Kind {
    /** The API at its own host. */
    API,
    /** The API's pages at the domain itself. */
    APEX,
    /** Mail comes in. */
    MX,
    /** SES may sign. */
    DKIM,
    /** Bounces come back, and SPF holds for them. */
    MAILFROM,
    /** SPF of the domain itself. */
    SPF,
    /** What receivers do with what is not ours. */
    DMARC
  }

  enum Type {
    A,
    CNAME,
    MX,
    TXT
  }

  DnsRecord {
    Objects.requireNonNull(name);
    values = List.copyOf(values);
  }

  static DnsRecord of(Kind kind, String id, String name, Type type, String... values) {
    return new DnsRecord(kind, id, name, type, List.of(values), Optional.empty());
  }

  /** As an operator would write it down. */
  String line() {
    return name
        + " "
        + (aliasZone.isEmpty() ? type : kind == Kind.APEX ? "ALIAS (or ANAME)" : "CNAME")
        + " "
        + String.join(", ", values);
  }
}
