package email.daimon.thread;

import java.util.Locale;
import java.util.Set;

/** Subjects without and with the marks of answers and forwards (RFC 5256, 2.1, and practice). */
public final class Subjects {
  private static final int LONGEST_PREFIX = 12;
  private static final Set<String> REPLIES =
      Set.of(
          "re", "aw", "sv", "rv", "antw", "antwort", "ref", "res", "resp", "rif", "r", "vs", "vá",
          "odp", "ynt", "ответ", "на", "απ", "σχετ", "השב", "رد", "回复", "回覆", "答复", "答覆", "返信",
          "답장", "답", "bls", "atb", "re²");
  private static final Set<String> FORWARDS =
      Set.of(
          "fwd",
          "fw",
          "wg",
          "tr",
          "rv",
          "enc",
          "i",
          "vl",
          "vb",
          "vs",
          "pd",
          "doorst",
          "továbbítás",
          "ilt",
          "пересл",
          "πρθ",
          "转发",
          "轉寄",
          "転送",
          "전달",
          "hl",
          "תשובה",
          "إعادة توجيه");

  private Subjects() {}

  /**
   * The base subject: without any number of {@code Re:}, {@code AW:}, {@code Fwd:}, {@code 回复：} and
   * their counted forms ({@code Re[2]:}, {@code Re^3:}) at the front, {@code (fwd)} at the end.
   * Blanks become single.
   */
  public static String base(String subject) {
    String rest = subject.strip().replaceAll("\\s+", " ");
    while (rest.toLowerCase(Locale.ROOT).endsWith("(fwd)")) {
      rest = rest.substring(0, rest.length() - 5).strip();
    }
    int end = prefixEnd(rest);
    while (end > 0) {
      rest = rest.substring(end).strip();
      end = prefixEnd(rest);
    }
    return rest;
  }

  /** Whether the subject begins with a mark of an answer. */
  public static boolean isReply(String subject) {
    String text = subject.strip();
    return prefixEnd(text) > 0 && REPLIES.contains(word(text));
  }

  /** The subject of an answer: with {@code Re: } unless it has such a mark already. */
  public static String reply(String subject) {
    return isReply(subject) ? subject.strip() : "Re: " + subject.strip();
  }

  /** Whether the subject begins with a mark of a forward. */
  public static boolean isForward(String subject) {
    String text = subject.strip();
    return prefixEnd(text) > 0 && FORWARDS.contains(word(text));
  }

  /** The subject of a forward: with {@code Fwd: } unless it has such a mark already. */
  public static String forward(String subject) {
    return isForward(subject) ? subject.strip() : ("Fwd: " + subject).strip();
  }

  /** Index behind the colon of the mark at the front, or 0. */
  private static int prefixEnd(String text) {
    int colon = colon(text);
    if (colon < 1) {
      return 0;
    }
    String word = word(text);
    return REPLIES.contains(word) || FORWARDS.contains(word) ? colon + 1 : 0;
  }

  private static int colon(String text) {
    int most = Math.min(text.length(), LONGEST_PREFIX);
    for (int i = 0; i < most; i++) {
      if (text.charAt(i) == ':' || text.charAt(i) == '：') {
        return i;
      }
    }
    return -1;
  }

  /** What stands before the colon, without a count. */
  private static String word(String text) {
    String word = text.substring(0, colon(text)).strip();
    int end = word.length();
    while (end > 0 && "0123456789[]()^* ".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
