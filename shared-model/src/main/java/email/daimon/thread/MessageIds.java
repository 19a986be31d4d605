package email.daimon.thread;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Message ids (RFC 5322, 3.6.4) as they are met. Everywhere here an id is without its angle
 * brackets.
 */
public final class MessageIds {
  /** Longest id kept, in characters: the longest line of a mail (RFC 5322, 2.1.1). */
  public static final int LONGEST = 998;

  private static final String SES_HOME_REGION = "us-east-1";

  private MessageIds() {}

  /**
   * The id that Amazon SES puts into a mail that it sends, in place of any that the mail had
   * (Amazon SES developer guide, "Header fields").
   *
   * @param sesId what the call that sent it answered
   * @param region such as {@code eu-west-1}
   */
  public static String ofSes(String sesId, String region) {
    return sesId
        + (region.equals(SES_HOME_REGION)
            ? "@email.amazonses.com"
            : "@" + region + ".amazonses.com");
  }

  /**
   * All ids of a Message-ID, In-Reply-To or References field in order, each once. Bracketed ones
   * count; where there are none, words with an {@code @}; where there are none either, and the
   * field is one word, that word. Comments and quoted phrases are passed over, blanks within an id
   * go.
   */
  public static List<String> all(String value) {
    Set<String> bracketed = new LinkedHashSet<>();
    Set<String> words = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at++);
      switch (c) {
        case '<' -> {
          int end = end(value, at);
          add(bracketed, value.substring(at, end));
          at = end;
          endWord(words, word);
        }
        case '(' -> {
          at = afterComment(value, at);
          endWord(words, word);
        }
        case '>', ',', ';' -> endWord(words, word);
        default -> {
          if (c <= ' ') {
            endWord(words, word);
          } else {
            word.append(c);
          }
        }
      }
    }
    endWord(words, word);
    if (!bracketed.isEmpty()) {
      return List.copyOf(bracketed);
    }
    List<String> ids = new ArrayList<>(words);
    ids.removeIf(id -> id.indexOf('@') < 0);
    return ids.isEmpty() && words.size() == 1 ? List.copyOf(words) : List.copyOf(ids);
  }

  /** The form by which ids are compared and looked up: no brackets, no blanks, lower case. */
  public static String canonical(String id) {
    String tight = tight(id);
    int from = tight.startsWith("<") ? 1 : 0;
    int to = tight.endsWith(">") && tight.length() > from ? tight.length() - 1 : tight.length();
    return tight.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /**
   * The id of a mail that came without one: the same for the same mail.
   *
   * @param hash of the mail as handed over, hexadecimal
   * @param domain of the platform, such as {@code daimon.email}
   */
  public static String madeUp(String hash, String domain) {
    if (hash.isEmpty() || domain.isEmpty()) {
      throw new IllegalArgumentException("hash '" + hash + "', domain '" + domain + "'");
    }
    return "made-up." + hash + '@' + domain;
  }

  /**
   * The id of a mail, or the anchor of a thread, of our own.
   *
   * @param id such as {@code msg_…} or {@code thread_…}
   * @param domain of the inbox
   */
  public static String ours(String id, String domain) {
    if (id.isEmpty() || domain.isEmpty()) {
      throw new IllegalArgumentException("id '" + id + "', domain '" + domain + "'");
    }
    return id + '@' + domain;
  }

  /** Where a bracketed id ends: at its bracket, or before the next one that opens. */
  private static int end(String value, int from) {
    int at = from;
    while (at < value.length() && value.charAt(at) != '>' && value.charAt(at) != '<') {
      at++;
    }
    return at;
  }

  private static int afterComment(String value, int from) {
    int depth = 1;
    int at = from;
    while (at < value.length() && depth > 0) {
      char c = value.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return at;
  }

  private static void endWord(Set<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      add(words, word.toString());
      word.setLength(0);
    }
  }

  private static void add(Set<String> ids, String id) {
    String tight = tight(id);
    if (!tight.isEmpty()) {
      ids.add(tight);
    }
  }

  private static String tight(String id) {
    StringBuilder tight = new StringBuilder(Math.min(id.length(), LONGEST));
    for (int i = 0; i < id.length() && tight.length() < LONGEST; i++) {
      char c = id.charAt(i);
      if (c > ' ' && c != 127 && !Character.isWhitespace(c)) {
        tight.append(c);
      }
    }
    return tight.toString();
  }
}
