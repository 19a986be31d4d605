package email.daimon.understand.reply;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines that programs write above what they quote: {@code From:}, {@code Sent:}, in any
 * language and order, of which enough must be there to tell them from prose and tables.
 */
final class HeaderBlock {
  private static final int FROM = 1;
  private static final int DATE = 2;
  private static final int TO = 4;
  private static final int SUBJECT = 8;
  private static final int OTHER = 16;

  private static final int LONGEST_LABEL = 42;
  private static final int LONGEST_UNKNOWN = 24;
  private static final int LONGEST_GLUED = 2_000;
  private static final int LINES_OF_BLOCK = 16;
  private static final int LINES_OF_VALUE = 3;
  private static final Map<String, Integer> LABELS = labels();

  private final Lines lines;
  private final LineFacts facts;
  private final @Nullable String[] names;
  private final int[] kinds;

  HeaderBlock(Lines lines, LineFacts facts) {
    this.lines = lines;
    this.facts = facts;
    this.names = new String[lines.count()];
    this.kinds = new int[lines.count()];
  }

  private static Map<String, Integer> labels() {
    Map<String, Integer> labels = new HashMap<>();
    for (String entry : Vocabulary.of("labels.txt")) {
      int blank = entry.indexOf(' ');
      int what =
          switch (entry.substring(0, blank)) {
            case "from" -> FROM;
            case "date" -> DATE;
            case "to" -> TO;
            case "subject" -> SUBJECT;
            default -> OTHER;
          };
      labels.merge(lower(entry.substring(blank + 1)), what, (a, b) -> a | b);
    }
    return Map.copyOf(labels);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static final int EXACT = LineFacts.DATE | LineFacts.TIME;
  private static final int WHOLE = FROM | DATE | TO | SUBJECT;

  /** What was found so far. */
  private static final class Found {
    private final Set<String> names = new HashSet<>();
    private int kinds;
    private boolean addressed;
    private boolean dated;
    private int after;

    boolean isWhole() {
      return (kinds & WHOLE) == WHOLE;
    }

    boolean isEnough() {
      boolean people = (kinds & (FROM | TO)) != 0;
      boolean subject = (kinds & SUBJECT) != 0;
      boolean date = (kinds & DATE) != 0;
      if (!people) {
        return false;
      }
      return (names.size() >= 3 && date && (addressed || (subject && dated)))
          || (names.size() >= 4 && subject && (addressed || dated || isWhole()))
          || (names.size() >= 2 && date && addressed && dated);
    }
  }

  /** The line behind the block that begins here; 0 where none does. */
  int after(int first) {
    if (first >= lines.count() || kinds(first) == 0) {
      return 0;
    }
    Found found = read(first);
    return found.isEnough() || isGlued(first) ? Math.max(found.after, first + 1) : 0;
  }

  /** Whether a few labels follow: enough where a divider has announced them. */
  boolean follows(int line) {
    int first = lines.nextWords(line);
    return first < lines.count()
        && kinds(first) != 0
        && (read(first).names.size() >= 2 || isGlued(first));
  }

  private Found read(int first) {
    Found found = new Found();
    int last = Math.min(lines.count(), first + LINES_OF_BLOCK);
    int others = 0;
    for (int i = first; i < last && others <= LINES_OF_VALUE; i++) {
      int kinds = kinds(i);
      if (lines.isBlank(i)) {
        if (i + 1 >= last || kinds(i + 1) == 0) {
          break;
        }
      } else if (kinds == 0 && isUnknownDate(found, i)) {
        take(found, i, DATE);
      } else if (kinds == 0) {
        others++;
      } else {
        others = 0;
        take(found, i, kinds);
      }
    }
    return found;
  }

  /** A label that no vocabulary has, with a date: among known ones it is that of the date. */
  private boolean isUnknownDate(Found found, int line) {
    String name = requireNonNull(names[line]);
    return !found.names.isEmpty()
        && (found.kinds & DATE) == 0
        && !name.isEmpty()
        && name.length() <= LONGEST_UNKNOWN
        && (facts.figures(line) & LineFacts.DATE) != 0;
  }

  private void take(Found found, int line, int kinds) {
    int figures = facts.figures(line);
    boolean addressed = (figures & LineFacts.ADDRESS) != 0;
    boolean dated = (figures & (LineFacts.DATE | LineFacts.TIME)) != 0;
    boolean person = (kinds & (FROM | TO)) != 0;
    // A table of departures has From and To with times.
    int fitting = dated && !addressed ? kinds & ~(FROM | TO) : kinds;
    if (fitting != 0) {
      found.names.add(requireNonNull(names[line]));
    }
    found.kinds |= fitting;
    found.addressed |= addressed && person;
    found.dated |= dated && (kinds & DATE) != 0;
    found.after = line + 1;
  }

  /** What the label at the beginning of a line may name; 0 where there is none. */
  int kinds(int line) {
    if (names[line] == null) {
      String name = label(line);
      names[line] = name;
      kinds[line] = name.isEmpty() ? 0 : LABELS.getOrDefault(name, 0);
    }
    return kinds[line];
  }

  private String label(int line) {
    String text = lines.text();
    int start = lines.content(line);
    int most = Math.min(lines.end(line), start + LONGEST_LABEL);
    int colon = start;
    while (colon < most && !Chars.isColon(text.charAt(colon))) {
      colon++;
    }
    return colon < most ? bare(text, start, colon) : "";
  }

  /** Without what is drawn around to make it bold. */
  private static String bare(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isAround(text.charAt(start))) {
      start++;
    }
    while (end > start && isAround(text.charAt(end - 1))) {
      end--;
    }
    return lower(text.substring(start, end).replace('\u00a0', ' '));
  }

  private static boolean isAround(char c) {
    return c == '*' || c == '_' || c == '|' || Chars.isBlank(c);
  }

  /** Whether the whole block stands on one line. */
  private boolean isGlued(int line) {
    return lines.length(line) <= LONGEST_GLUED
        && (facts.figures(line) & LineFacts.ADDRESS) != 0
        && isGlued(line, lines.text(), lines.content(line), lines.end(line));
  }

  private boolean isGlued(int line, String text, int start, int end) {
    int kinds = 0;
    int labels = 0;
    int from = start;
    for (int i = start; i < end; i++) {
      if (Chars.isColon(text.charAt(i))) {
        int kind = kindBefore(text, Math.max(from, i - LONGEST_LABEL), i);
        labels += kind == 0 ? 0 : 1;
        kinds |= kind;
        from = i + 1;
      }
    }
    boolean people = (kinds & (FROM | TO)) != 0;
    boolean pair = (kinds & FROM) != 0 && (kinds & DATE) != 0 && labels == 2;
    return (labels >= 3 && people && (kinds & (DATE | SUBJECT)) != 0)
        || (pair && (facts.figures(line) & EXACT) == EXACT);
  }

  /** Of the longest label that ends before a colon; nothing need stand before it. */
  private static int kindBefore(String text, int start, int colon) {
    for (int i = start; i < colon; i++) {
      char c = text.charAt(i);
      boolean begins = i == start || !Character.isLowerCase(c) || !Chars.isWord(text.charAt(i - 1));
      if (begins && Chars.isWord(c)) {
        Integer kind = LABELS.get(bare(text, i, colon));
        if (kind != null) {
          return kind;
        }
      }
    }
    return 0;
  }
}
