package email.daimon.mime;

import java.util.Locale;
import java.util.Optional;

/** The words of attachments that are texts: files, appointments, cards. */
final class AttachedText {
  /** Bytes of one that are read. */
  static final int LONGEST = 32 << 10;

  /** Of one mail. */
  static final int MOST = 10;

  private static final int LONGEST_LINE = 8 << 10;

  private AttachedText() {}

  /** Whether an attachment is one, by its type or else by its name. */
  static boolean isOne(String type, String name) {
    if (type.startsWith("text/")) {
      return true;
    }
    return switch (type) {
      case "application/json", "application/ld+json", "application/xml", "application/yaml" -> true;
      case "application/octet-stream" -> {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        yield switch (end) {
          case "txt", "md", "csv", "json", "xml", "yaml", "yml", "html", "htm", "vcf" -> true;
          default -> false;
        };
      }
      default -> false;
    };
  }

  /** Its beginning as text; of appointments and cards what people write into them. */
  static String of(byte[] bytes, int length, Optional<String> charset) {
    int read = Math.min(length, LONGEST);
    byte[] unfolded = new byte[read];
    boolean lines = startsWith(bytes, read, "BEGIN:V");
    int size = lines ? CalendarReader.unfold(bytes, read, unfolded) : read;
    String text =
        TextLeaf.normalised(
            TextDecoder.decode(lines ? unfolded : bytes, 0, size, charset, TextDecoder.Kind.TEXT)
                .text());
    return lines ? words(text) : text;
  }

  private static boolean startsWith(byte[] bytes, int length, String beginning) {
    boolean same = length >= beginning.length();
    for (int i = 0; same && i < beginning.length(); i++) {
      same = Character.toUpperCase(bytes[i]) == beginning.charAt(i);
    }
    return same;
  }

  private static String words(String text) {
    StringBuilder words = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      CalendarLine.of(text.substring(at, Math.min(end, at + LONGEST_LINE)))
          .filter(AttachedText::isProse)
          .ifPresent(line -> words.append(line.text()).append('\n'));
      at = end + 1;
    }
    return words.toString();
  }

  private static boolean isProse(CalendarLine line) {
    return switch (line.name()) {
      case "SUMMARY",
          "DESCRIPTION",
          "COMMENT",
          "LOCATION",
          "CONTACT",
          "NOTE",
          "FN",
          "ORG",
          "TITLE",
          "ROLE" ->
          true;
      default -> line.name().startsWith("X-") && line.value().indexOf(' ') >= 0;
    };
  }
}
