package email.daimon.understand.html;

import java.util.Locale;

/** What comments of HTML say beyond markup and the names of sections. */
final class Comments {
  private static final int LONGEST = 20_000;
  private static final int WORDS = 3;

  private Comments() {}

  /** The words of a comment; empty where it does not speak. */
  static String said(String data) {
    if (data.length() < 8) {
      return "";
    }
    String text = withoutMarkup(data.substring(0, Math.min(data.length(), LONGEST)));
    return words(text) >= WORDS && !isSection(text) ? text : "";
  }

  /** Conditional comments hold markup for Outlook, and styles. */
  private static String withoutMarkup(String data) {
    StringBuilder text = new StringBuilder();
    int at = data.startsWith("[") ? data.indexOf(']') + 1 : 0;
    while (at < data.length()) {
      char c = data.charAt(at);
      if (c != '<') {
        text.append(c <= ' ' ? ' ' : c);
        at++;
        continue;
      }
      boolean style =
          data.regionMatches(true, at, "<style", 0, 6)
              || data.regionMatches(true, at, "<xml", 0, 4);
      int from = style ? data.indexOf("</", at) : at;
      int end = from < 0 ? -1 : data.indexOf('>', from);
      text.append(' ');
      at = end < 0 ? data.length() : style ? behindAll(data, at) : end + 1;
    }
    return text.toString().strip();
  }

  /** Behind the end tag of the same name. */
  private static int behindAll(String data, int at) {
    String name = data.regionMatches(true, at, "<style", 0, 6) ? "</style" : "</xml";
    int close = data.toLowerCase(Locale.ROOT).indexOf(name, at);
    int end = close < 0 ? -1 : data.indexOf('>', close);
    return end < 0 ? data.length() : end + 1;
  }

  private static int words(String text) {
    int words = 0;
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = Character.isLetter(text.charAt(i));
      words += letter && !within ? 1 : 0;
      // Scripts without blanks have no other words.
      words += letter && text.charAt(i) >= 0x2e80 && i % 2 == 0 ? 1 : 0;
      within = letter;
    }
    return words;
  }

  /** Such as {@code BEGIN HEADER}, {@code // END PREHEADER //}, {@code Hero Image : BEGIN}. */
  private static boolean isSection(String text) {
    if (text.length() > 80) {
      return false;
    }
    if (isLatin(text) && text.equals(text.toUpperCase(Locale.ROOT))) {
      return true;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    for (String word : lower.split("[^a-z]+")) {
      switch (word) {
        case "begin",
            "end",
            "start",
            "section",
            "wrapper",
            "container",
            "column",
            "columns",
            "row",
            "spacer",
            "mso",
            "outlook" -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isLatin(String text) {
    return text.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
  }
}
