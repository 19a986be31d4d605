package email.daimon.mime;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * File names for the attachments of one mail: base names only, without separators, controls and
 * marks that turn the direction of writing; NFC; at most 180 bytes of UTF-8 with the extension
 * kept; no two alike, even without regard to case.
 */
public final class SafeFileNames {
  private static final int LONGEST = 180;
  private static final int LONGEST_EXTENSION = 20;

  private final Set<String> taken = new HashSet<>();

  /** The safe name for the next attachment of the mail. */
  public String next(Optional<String> declared, String contentType, int index) {
    String safe = safe(declared.orElse(""));
    if (safe.isEmpty()) {
      safe = "attachment-" + (index + 1) + extensionOf(contentType);
    }
    String unique = safe;
    for (int copy = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); copy++) {
      unique = numbered(safe, copy);
    }
    return unique;
  }

  /** A safe form of a name, or an empty string where nothing is left of it. */
  static String safe(String declared) {
    int base = Math.max(declared.lastIndexOf('/'), declared.lastIndexOf('\\')) + 1;
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(declared.substring(base), Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> {
          if (isSafe(c)) {
            kept.appendCodePoint(c);
          } else if (c == '\t') {
            kept.append(' ');
          }
        });
    return withoutTail(capped(withoutTail(kept.toString().strip()), ""));
  }

  /** Without the dots and blanks at the end that some file systems drop. */
  private static String withoutTail(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> "/\\:*?\"<>|".indexOf(c) < 0;
    };
  }

  private static String numbered(String name, int copy) {
    return capped(name, "-" + copy);
  }

  /** Cuts the stem until stem, suffix and extension fit. */
  private static String capped(String name, String suffix) {
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION;
    String extension = hasExtension ? name.substring(dot) : "";
    String stem = hasExtension ? name.substring(0, dot) : name;
    int room = LONGEST - bytes(suffix) - bytes(extension);
    int used = 0;
    int end = 0;
    while (end < stem.length()) {
      int c = stem.codePointAt(end);
      used += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (used > room) {
        break;
      }
      end += Character.charCount(c);
    }
    return stem.substring(0, end) + suffix + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String extensionOf(String contentType) {
    return switch (contentType) {
      case "text/plain" -> ".txt";
      case "text/html" -> ".html";
      case "text/calendar" -> ".ics";
      case "text/csv" -> ".csv";
      case "message/rfc822", "message/global" -> ".eml";
      case "image/jpeg" -> ".jpg";
      case "image/png" -> ".png";
      case "image/gif" -> ".gif";
      case "image/webp" -> ".webp";
      case "image/svg+xml" -> ".svg";
      case "application/pdf" -> ".pdf";
      case "application/zip" -> ".zip";
      case "application/json" -> ".json";
      case "application/xml", "text/xml" -> ".xml";
      default -> contentType.startsWith("text/") ? ".txt" : ".bin";
    };
  }
}
