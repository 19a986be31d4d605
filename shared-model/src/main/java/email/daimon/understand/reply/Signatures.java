package email.daimon.understand.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines that begin a signature, or that a program writes below a mail. */
final class Signatures {
  private static final int LONGEST = 100;
  private static final int LONGEST_REST = 60;
  private static final int WORDS_OF_REST = 9;
  private static final int KEY = 3;
  private static final Map<String, List<String>> STARTS = starts();
  private static final List<String> ENDS =
      Vocabulary.of("sent_from.txt", "ends").stream().map(Signatures::lower).toList();

  private static final List<String> DEVICES = Vocabulary.of("sent_from.txt", "device");

  private final Lines lines;

  Signatures(Lines lines) {
    this.lines = lines;
  }

  private static Map<String, List<String>> starts() {
    Map<String, List<String>> starts = new HashMap<>();
    for (String entry : Vocabulary.of("sent_from.txt", "starts")) {
      String start = lower(entry);
      starts.computeIfAbsent(key(start), any -> new ArrayList<>()).add(start);
    }
    return Map.copyOf(starts);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String key(String lower) {
    return lower.substring(0, Math.min(KEY, lower.length()));
  }

  /** {@code -- } of RFC 3676, section 4.3, and what became of it. */
  boolean isDelimiter(int line) {
    int length = lines.length(line);
    if (length < 1 || length > 3) {
      return false;
    }
    String words = lines.words(line);
    return words.equals("--") || words.equals("__") || (words.equals("—") && goesOn(line));
  }

  /** A dash with space around parts thoughts; right above a name it is a signature's. */
  private boolean goesOn(int line) {
    return line + 1 < lines.count() && !lines.isBlank(line + 1);
  }

  /** {@code Sent from my iPhone}. */
  boolean isSentFrom(int line) {
    int length = lines.length(line);
    if (length < 5 || length > LONGEST) {
      return false;
    }
    String words = bare(lower(lines.words(line)));
    for (String start : STARTS.getOrDefault(key(words), List.of())) {
      if (words.startsWith(start) && isShort(words.substring(start.length()))) {
        return true;
      }
    }
    if (words.length() > LONGEST_REST || hasEnd(words)) {
      return false;
    }
    for (String end : ENDS) {
      if (words.endsWith(end) && namesDevice(words)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is so certain that what stands below it is an earlier mail. */
  boolean namesDevice(int line) {
    String words = lower(lines.words(line));
    return words.contains("sent from my") || namesDevice(words);
  }

  private static String bare(String words) {
    int start = 0;
    while (start < words.length() && !Chars.isWord(words.charAt(start))) {
      start++;
    }
    int end = words.length();
    while (end > start && ".。*_-~)]> ".indexOf(words.charAt(end - 1)) >= 0) {
      end--;
    }
    return words.substring(start, end);
  }

  /** Of the name of a thing or of a program, not of the rest of a sentence. */
  private static boolean isShort(String rest) {
    int link = rest.indexOf('<');
    String name = link < 0 ? rest : rest.substring(0, link);
    return name.length() <= LONGEST_REST
        && name.chars().filter(c -> c == ' ').count() <= WORDS_OF_REST
        && name.indexOf(',') < 0
        && name.indexOf('?') < 0
        && name.indexOf(':') < 0;
  }

  private static boolean hasEnd(String words) {
    return words.indexOf(',') >= 0 || words.indexOf('?') >= 0 || words.indexOf('、') >= 0;
  }

  /** Whether a known make of thing or program is named. */
  private static boolean namesDevice(String words) {
    for (String device : DEVICES) {
      if (words.contains(device)) {
        return true;
      }
    }
    return false;
  }
}
