package email.daimon.understand.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Texts that are written so that only a machine reads them: base64, backwards, in addresses. */
final class Encoded {
  private static final int SHORTEST = 28;
  private static final int LONGEST = 4_000;
  private static final int MOST = 10;
  private static final int WORDS = 4;
  private static final int BACKWARDS = 20_000;
  private static final int SMALL_WORDS = 2;

  private static final int LONGEST_SMALL = 5;

  /** Small words of several languages, backwards; none that many mails hold as it stands. */
  private static final Set<String> SMALL =
      Set.of(
          "dna", "rof", "ruoy", "taht", "siht", "htiw", "dnu", "eid", "rüf", "tsi", "tse", "ruop",
          "sel", "euq", "arap", "noc", "led", "sut", "ehc", "alled", "teh", "nav", "hco", "röf",
          "mos", "ygoh", "nıçi", "ęis", "отч", "ялд", "сав", "ιακ");

  private Encoded() {}

  /** One that was found, and where. */
  record Found(String text, int start, int end) {}

  /** What rows of base64 spell, where that is text. */
  static List<Found> base64(String text) {
    List<Found> found = new ArrayList<>();
    int start = 0;
    while (start + SHORTEST <= text.length() && found.size() < MOST) {
      // From the end of the shortest row: most of a text is words, and is passed over.
      int last = start + SHORTEST - 1;
      while (last >= start && isOfBase64(text.charAt(last))) {
        last--;
      }
      if (last < start) {
        int from = start;
        int to = rowEnd(text, start + SHORTEST);
        if (to - from <= LONGEST) {
          decoded(text.substring(from, to)).ifPresent(it -> found.add(new Found(it, from, to)));
        }
        last = to;
      }
      start = last + 1;
    }
    return found;
  }

  /** What rows of figures to the base 16 spell, where that is text. */
  static List<Found> hex(String text) {
    List<Found> found = new ArrayList<>();
    int start = 0;
    while (start + 2 * SHORTEST <= text.length() && found.size() < MOST) {
      int last = start + 2 * SHORTEST - 1;
      while (last >= start && Character.digit(text.charAt(last), 16) >= 0) {
        last--;
      }
      if (last < start) {
        int end = start + 2 * SHORTEST;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
          end++;
        }
        if (end - start <= 2 * LONGEST) {
          byte[] bytes = new byte[(end - start) / 2];
          for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(start + 2 * i), 16);
            bytes[i] = (byte) (high * 16 + Character.digit(text.charAt(start + 2 * i + 1), 16));
          }
          String said = new String(bytes, UTF_8);
          if (isText(said)) {
            found.add(new Found(said, start, end));
          }
        }
        last = end;
      }
      start = last + 1;
    }
    return found;
  }

  private static int rowEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isOfBase64(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '-'
        || c == '_';
  }

  private static Optional<String> decoded(String row) {
    String plain = row.replace('-', '+').replace('_', '/').replace("=", "");
    try {
      String said = new String(Base64.getDecoder().decode(plain), UTF_8);
      return isText(said) ? Optional.of(said) : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** Whether it is words, and not what chance would make of bytes. */
  static boolean isText(String said) {
    int letters = 0;
    for (int i = 0; i < said.length(); i++) {
      char c = said.charAt(i);
      if (c == '\ufffd' || (c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return false;
      }
      letters += Character.isLetter(c) || c == ' ' ? 1 : 0;
    }
    return letters * 10 > said.length() * 7;
  }

  /** The text from its end, where it holds a word that attacks need, backwards. */
  static Optional<String> backwards(String text) {
    String head = text.substring(0, Math.min(text.length(), BACKWARDS));
    String lower = head.toLowerCase(Locale.ROOT);
    boolean likely =
        lower.contains("snoitcurtsni")
            || lower.contains("erongi")
            || lower.contains("tpmorp")
            || lower.contains("tnatsissa")
            || lower.contains("drawrof")
            || lower.contains(" eht ")
            || holdsSmallWords(lower)
            || endsInCapital(head);
    return likely ? Optional.of(new StringBuilder(head).reverse().toString()) : Optional.empty();
  }

  /** Whether several small words stand there backwards. */
  private static boolean holdsSmallWords(String lower) {
    Set<String> found = new HashSet<>();
    int blank = lower.indexOf(' ');
    while (blank >= 0 && found.size() < SMALL_WORDS) {
      int next = lower.indexOf(' ', blank + 1);
      int length = next - blank - 1;
      if (length > 1 && length <= LONGEST_SMALL) {
        String word = lower.substring(blank + 1, next);
        if (SMALL.contains(word)) {
          found.add(word);
        }
      }
      blank = next;
    }
    return found.size() >= SMALL_WORDS;
  }

  /** A word of small letters whose last is a capital was its sentence's first. */
  private static boolean endsInCapital(String text) {
    for (int i = 4; i < text.length(); i++) {
      if (Character.isUpperCase(text.charAt(i))
          && Character.isLowerCase(text.charAt(i - 1))
          && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)))) {
        int at = i - 1;
        while (at >= 0 && Character.isLowerCase(text.charAt(at))) {
          at--;
        }
        if (i - at >= 5 && (at < 0 || !Character.isLetterOrDigit(text.charAt(at)))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The text with each letter moved by half the alphabet, where that holds such a word. */
  static Optional<String> rotated(String text) {
    String head = text.substring(0, Math.min(text.length(), BACKWARDS));
    String lower = head.toLowerCase(Locale.ROOT);
    boolean likely =
        lower.contains("vafgehpgvba")
            || lower.contains("vtaber")
            || lower.contains("cnffjbeq")
            || lower.contains("cebzcg")
            || lower.contains("nffvfgnag")
            || lower.contains("sbejneq");
    return likely ? Optional.of(rotate(head)) : Optional.empty();
  }

  private static String rotate(String text) {
    StringBuilder said = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char first = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
      said.append(first == 0 ? c : (char) (first + (c - first + 13) % 26));
    }
    return said.toString();
  }

  /** The words of addresses in a plain text. */
  static List<Found> addresses(String text) {
    List<Found> found = new ArrayList<>();
    int at = text.indexOf("http");
    while (at >= 0 && found.size() < MOST) {
      int end = at;
      while (end < text.length() && text.charAt(end) > ' ' && end - at < LONGEST) {
        end++;
      }
      int from = at;
      int to = end;
      ofAddress(text.substring(at, end)).ifPresent(it -> found.add(new Found(it, from, to)));
      at = text.indexOf("http", Math.max(end, at + 4));
    }
    return found;
  }

  /** The words of an address, where it holds several. */
  static Optional<String> ofAddress(String address) {
    int query = address.indexOf('?');
    int path = address.indexOf('/', 8);
    int from = query >= 0 ? query : path;
    if (from < 0 || address.length() > LONGEST) {
      return Optional.empty();
    }
    if (!mayHoldWords(address, from + 1)) {
      return Optional.empty();
    }
    // Each parameter is a line of its own.
    String plain = address.substring(from + 1).replace("&amp;", "&").replace('&', '\n');
    try {
      plain = URLDecoder.decode(plain, UTF_8);
    } catch (IllegalArgumentException asItIs) {
      plain = plain.replace('+', ' ');
    }
    String words = plain.replace('-', ' ').replace('_', ' ').replace('/', ' ').replace("=", ": ");
    long blanks = words.chars().filter(c -> c == ' ').count();
    return blanks >= WORDS - 1 ? Optional.of(words) : Optional.empty();
  }

  /** Whether there is enough of what stands for blanks. */
  private static boolean mayHoldWords(String address, int from) {
    int blanks = 0;
    for (int i = from; i < address.length(); i++) {
      char c = address.charAt(i);
      blanks += c == '%' || c == '+' || c == '-' || c == '_' || c == '/' || c == ' ' ? 1 : 0;
    }
    return blanks >= WORDS - 1;
  }
}
