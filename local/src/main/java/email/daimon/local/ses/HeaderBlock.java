package email.daimon.local.ses;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header fields at the top of a mail, unfolded, as SES copies them into its notification.
 *
 * @param truncated whether there was more than SES copies
 */
record HeaderBlock(List<Field> fields, boolean truncated) {
  private static final int COPIED = 10 * 1024;
  private static final Pattern DOMAIN = Pattern.compile("@([^\\s@<>\",;()]+)");

  /** One field: its name and its unfolded value. */
  record Field(String name, String value) {}

  HeaderBlock {
    fields = List.copyOf(fields);
  }

  /** As much as SES copies. */
  static HeaderBlock read(InputStream mail) throws IOException {
    return read(mail, COPIED);
  }

  static HeaderBlock read(InputStream mail, int most) throws IOException {
    byte[] bytes = mail.readNBytes(most);
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
    int end = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
    boolean truncated = end < 0 && bytes.length == most;
    if (end < 0) {
      // The last line may be cut in its middle.
      end = truncated ? Math.max(0, text.lastIndexOf('\n')) : text.length();
    }
    List<Field> fields = new ArrayList<>();
    for (String line : text.substring(0, end).replaceAll("\n(?=[ \t])", "").split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
      }
    }
    return new HeaderBlock(fields, truncated);
  }

  HeaderBlock below(List<Field> first) {
    List<Field> all = new ArrayList<>(first);
    all.addAll(fields);
    return new HeaderBlock(all, truncated);
  }

  Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /** Domain of the last address in the From field; empty without one. */
  String fromDomain() {
    Matcher domain = DOMAIN.matcher(first("From").orElse(""));
    String last = "";
    while (domain.find()) {
      last = domain.group(1);
    }
    return last;
  }
}
