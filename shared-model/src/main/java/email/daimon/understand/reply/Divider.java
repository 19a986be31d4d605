package email.daimon.understand.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines that part a mail from an earlier one: {@code -----Original Message-----}. */
final class Divider {
  /** What a line parts. */
  enum Kind {
    NONE,
    /** Below it stands the mail that was answered. */
    ORIGINAL,
    /** Below it stands a mail that was passed on. */
    FORWARD,
    /** Above it the answer is wanted. */
    HELP_DESK
  }

  private static final int LONGEST = 120;
  private static final int WORDS_OF_REQUEST = 12;
  private static final Set<String> ORIGINAL = normal("original");
  private static final Set<String> FORWARD = normal("forward");
  private static final Map<String, List<String>> REQUESTS = requests();
  private static final List<String> UNSPACED =
      REQUESTS.values().stream().flatMap(List::stream).filter(Divider::isUnspaced).toList();

  private final Lines lines;
  private final HeaderBlock headers;

  Divider(Lines lines, HeaderBlock headers) {
    this.lines = lines;
    this.headers = headers;
  }

  private static Set<String> normal(String kind) {
    Set<String> words = new HashSet<>();
    Vocabulary.of("dividers.txt", kind).forEach(entry -> words.add(Vocabulary.words(entry)));
    return Set.copyOf(words);
  }

  private static Map<String, List<String>> requests() {
    Map<String, List<String>> requests = new HashMap<>();
    for (String entry : Vocabulary.of("helpdesk.txt")) {
      String words = Vocabulary.words(entry);
      requests.computeIfAbsent(lastWord(words), any -> new ArrayList<>()).add(words);
    }
    return Map.copyOf(requests);
  }

  private static String lastWord(String words) {
    return words.substring(words.lastIndexOf(' ') + 1);
  }

  Kind at(int line) {
    String text = lines.text();
    int start = lines.content(line);
    int end = lines.end(line);
    if (start >= end) {
      return Kind.NONE;
    }
    int words = start;
    while (words < end && isAround(text.charAt(words))) {
      words++;
    }
    boolean drawn = drawn(text, start, words) >= 2;
    if (words == end || (!drawn && end - start > LONGEST)) {
      return Kind.NONE;
    }
    int wordsEnd = wordsEnd(text, words, Math.min(end, words + LONGEST));
    Kind kind = drawn ? ofDrawn(line, words, wordsEnd) : ofPlain(line, words, wordsEnd);
    return kind == Kind.NONE && end - start <= LONGEST && isRequest(line, drawn)
        ? Kind.HELP_DESK
        : kind;
  }

  private Kind ofDrawn(int line, int start, int end) {
    String text = lines.text();
    if (start == end) {
      return Kind.NONE;
    }
    String words = Vocabulary.words(text.subSequence(start, end));
    Kind known = known(words);
    if (known != Kind.NONE) {
      return known;
    }
    boolean closed = end < lines.end(line) && drawn(text, end, lines.end(line)) >= 3;
    return closed && !words.isEmpty() && headers.follows(line + 1) ? Kind.ORIGINAL : Kind.NONE;
  }

  private Kind ofPlain(int line, int start, int end) {
    String text = lines.text();
    char last = text.charAt(lines.end(line) - 1);
    boolean capital = !Character.isLowerCase(text.charAt(start));
    if (!capital || end < lines.end(line) - 2) {
      return Kind.NONE;
    }
    Kind known = known(Vocabulary.words(text.subSequence(start, end)));
    boolean announced = Chars.isColon(last) && known == Kind.FORWARD;
    return known != Kind.NONE && (announced || headers.follows(line + 1)) ? known : Kind.NONE;
  }

  private static Kind known(String words) {
    if (FORWARD.contains(words)) {
      return Kind.FORWARD;
    }
    if (ORIGINAL.contains(words)) {
      return Kind.ORIGINAL;
    }
    // The name of who passed it on, and when, may follow.
    int second = words.indexOf(' ', words.indexOf(' ') + 1);
    return second > 0 && FORWARD.contains(words.substring(0, second)) ? Kind.FORWARD : Kind.NONE;
  }

  private static boolean isAround(char c) {
    return Chars.isDrawn(c) || Chars.isBlank(c) || c == '|' || c == '[' || c == '<';
  }

  /** How many signs of a rule stand there. */
  private static int drawn(String text, int start, int end) {
    int drawn = 0;
    for (int i = start; i < end; i++) {
      drawn += Chars.isDrawn(text.charAt(i)) && text.charAt(i) != '#' ? 1 : 0;
    }
    return drawn;
  }

  /** Where a rule goes on, or a colon stands, or the line ends. */
  private static int wordsEnd(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean rule =
          Chars.isDrawn(c) && i + 1 < end && Chars.isDrawn(text.charAt(i + 1)) && c != '#';
      if (rule || Chars.isColon(c)) {
        return i;
      }
    }
    return end;
  }

  private boolean isRequest(int line, boolean drawn) {
    String text = lines.text();
    int end = lines.end(line);
    boolean around = drawn || isAround(text.charAt(lines.content(line)));
    boolean closed = Chars.isDrawn(text.charAt(end - 1));
    if (!around && !closed && !REQUESTS.containsKey(lastWordOf(line))) {
      return false;
    }
    String words = Vocabulary.words(text.subSequence(lines.content(line), end));
    if (isLong(words)) {
      return false;
    }
    int from = 0;
    while (from < words.length()) {
      int to = words.indexOf(' ', from);
      to = to < 0 ? words.length() : to;
      for (String request : REQUESTS.getOrDefault(words.substring(from, to), List.of())) {
        if (words.contains(request)) {
          return true;
        }
      }
      from = to + 1;
    }
    return isUnspaced(words) && UNSPACED.stream().anyMatch(words::contains);
  }

  private static boolean isLong(String words) {
    int blanks = 0;
    for (int at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) {
      blanks++;
    }
    return blanks >= WORDS_OF_REQUEST;
  }

  /** Of a script that puts no blanks between words. */
  private static boolean isUnspaced(String words) {
    return !words.isEmpty() && words.charAt(words.length() / 2) >= 0xe00;
  }

  private String lastWordOf(int line) {
    String text = lines.text();
    int end = lines.end(line);
    while (end > lines.content(line) && !Chars.isWord(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > lines.content(line) && Chars.isWord(text.charAt(start - 1))) {
      start--;
    }
    return Vocabulary.words(text.subSequence(start, end));
  }
}
