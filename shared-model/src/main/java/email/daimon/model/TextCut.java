package email.daimon.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts what is too long for a reply, by its size in UTF-8 and never inside a character. */
public final class TextCut {
  private TextCut() {}

  /** The longest beginning of {@code text} that is at most {@code bytes} long in UTF-8. */
  public static String head(String text, int bytes) {
    if (text.length() * 3L <= bytes) {
      return text;
    }
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      used += width(character);
      if (used > bytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(character);
    }
    return text;
  }

  /** The longest beginning of a list whose values are together at most {@code bytes} long. */
  public static List<String> head(List<String> values, int bytes) {
    List<String> head = new ArrayList<>();
    long used = 0;
    for (String value : values) {
      used += size(value);
      if (used > bytes) {
        break;
      }
      head.add(value);
    }
    return head;
  }

  /** A text less some pieces of it, which may overlap; what they leave is stripped at its ends. */
  public static String without(String text, List<TextSpan> pieces) {
    List<TextSpan> ordered =
        pieces.stream().sorted(Comparator.comparingInt(TextSpan::start)).toList();
    StringBuilder left = new StringBuilder(text.length());
    int at = 0;
    int index = 0;
    for (TextSpan piece : ordered) {
      int start = forward(text, index, piece.start() - at);
      left.append(text, index, start);
      index = forward(text, start, piece.end() - Math.max(at, piece.start()));
      at = Math.max(at, piece.end());
    }
    return left.append(text, index, text.length()).toString().strip();
  }

  /** The index behind so many characters, none where they are less than one. */
  private static int forward(String text, int from, int characters) {
    int index = from;
    for (int i = 0; i < characters && index < text.length(); i++) {
      index += Character.charCount(text.codePointAt(index));
    }
    return index;
  }

  /** Length in UTF-8. */
  public static long size(String text) {
    return text.length() > 1024
        ? text.codePoints().mapToLong(TextCut::width).sum()
        : text.getBytes(UTF_8).length;
  }

  private static int width(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
