package email.daimon.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A group of fields of a {@code message/delivery-status} part (RFC 3464, 2.1): about the whole mail
 * or about one recipient. All of it was written by whoever sent the report.
 *
 * @param fields by lower-case name, unfolded; of those that are repeated the first
 */
public record ReportGroup(Map<String, String> fields) {
  public ReportGroup {
    // Of a hash map, for names chosen to collide would make an immutable one slow.
    fields = Collections.unmodifiableMap(new HashMap<>(fields));
  }

  /** All groups of the text of a part; of a sound one the first is about the whole mail. */
  static List<ReportGroup> all(String text) {
    List<ReportGroup> groups = new ArrayList<>();
    for (String block :
        text.replace("\r\n", "\n").replaceAll("\n(?=[ \t])", "").split("\n\\s*\n")) {
      Map<String, String> fields = new HashMap<>();
      for (String line : block.split("\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.putIfAbsent(
              line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip());
        }
      }
      groups.add(new ReportGroup(fields));
    }
    return groups;
  }

  /** The value of a field as written; its name in lower case. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The first word of a field in lower case, without the comment after it; empty without one. */
  public String word(String name) {
    return value(name).orElse("").strip().split("[\\s(]", 2)[0].toLowerCase(Locale.ROOT);
  }

  /**
   * What stands behind the type of a field: of {@code rfc822; ann@example.com} the address, without
   * the brackets that some put around it.
   */
  public Optional<String> untyped(String name) {
    return value(name)
        .map(value -> {
          String rest = value.substring(value.indexOf(';') + 1).strip();
          return rest.startsWith("<") && rest.endsWith(">")
              ? rest.substring(1, rest.length() - 1)
              : rest;
        });
  }
}
