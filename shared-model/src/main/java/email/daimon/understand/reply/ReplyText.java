package email.daimon.understand.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The new text of a plain text: without history, attribution and signature. Never empty where the
 * text is not.
 */
final class ReplyText {
  private static final int CHARACTERS = 256 << 10;
  private static final int LINES = 5_000;
  private static final List<String> SENT_FROM =
      List.of(
          "sent from my ",
          "sent from ",
          "sent via ",
          "sent with ",
          "get outlook for ",
          "von meinem ",
          "gesendet von ",
          "gesendet mit ",
          "envoyé de mon ",
          "envoyé depuis ",
          "enviado desde ",
          "enviado do meu ",
          "enviado de ",
          "inviato da ",
          "verzonden vanaf ",
          "verstuurd vanaf ",
          "skickat från ",
          "sendt fra ",
          "wysłane z ",
          "отправлено с ",
          "отправлено из ",
          "iphoneから",
          "lähetetty ");

  private ReplyText() {}

  static String of(String text) {
    List<String> lines = lines(text);
    QuoteMarks marks = new QuoteMarks(lines);
    int cut = 0;
    while (cut < lines.size() && !marks.at(cut)) {
      cut++;
    }
    List<String> above = lines.subList(0, cut);
    String fresh = withoutSignature(withoutQuotes(above));
    if (fresh.isBlank()) {
      fresh =
          withoutSignature(
              afterQuotes(lines.subList(Math.min(lines.size(), cut + 1), lines.size())));
    }
    return fresh.isBlank() ? String.join("\n", lines).strip() : fresh;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    int most = Math.min(text.length(), CHARACTERS);
    while (at < most && lines.size() < LINES) {
      int end = text.indexOf('\n', at);
      end = end < 0 || end > most ? most : end;
      lines.add(text.substring(at, end).stripTrailing());
      at = end + 1;
    }
    return lines;
  }

  /** Without quotes if they stand together; answers between quotes keep them. */
  private static List<String> withoutQuotes(List<String> lines) {
    int blocks = 0;
    boolean inQuote = false;
    boolean ownAfter = false;
    for (String line : lines) {
      boolean quote = line.startsWith(">");
      if (quote && !inQuote) {
        blocks++;
      }
      if (!line.isBlank()) {
        ownAfter = !quote;
        inQuote = quote;
      }
    }
    if (blocks > 1 && ownAfter) {
      return lines;
    }
    return lines.stream().filter(line -> !line.startsWith(">")).toList();
  }

  /** What stands below the last quote: the mail was answered at its end. */
  private static List<String> afterQuotes(List<String> lines) {
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(">")) {
        last = i;
      }
    }
    return last < 0 ? List.of() : lines.subList(last + 1, lines.size());
  }

  private static String withoutSignature(List<String> lines) {
    int end = lines.size();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals("--") || line.equals("—") || (isLast(lines, i) && isSentFrom(line))) {
        end = i;
        break;
      }
    }
    while (end > 0 && isRule(lines.get(end - 1))) {
      end--;
    }
    return String.join("\n", lines.subList(0, end)).strip();
  }

  private static boolean isSentFrom(String line) {
    String lower = line.strip().toLowerCase(Locale.ROOT);
    return lower.length() < 80 && SENT_FROM.stream().anyMatch(lower::startsWith);
  }

  private static boolean isLast(List<String> lines, int index) {
    int following = 0;
    for (int i = index + 1; i < Math.min(lines.size(), index + 6); i++) {
      following += lines.get(i).isBlank() ? 0 : 1;
    }
    return following <= 1;
  }

  /** An empty line, or one that is drawn. */
  private static boolean isRule(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (" _-*=".indexOf(line.charAt(i)) < 0) {
        return false;
      }
    }
    return line.isEmpty() || line.length() > 4;
  }
}
