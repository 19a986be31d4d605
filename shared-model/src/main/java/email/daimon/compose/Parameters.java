package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Parameters of Content-Type and Content-Disposition (RFC 2045, 5.1; RFC 2231), each a word that is
 * never folded within.
 */
final class Parameters {
  private static final int LONGEST = 70;
  private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`{|}~";

  private final List<String> words = new ArrayList<>();

  Parameters(String value) {
    words.add(value);
  }

  /** A parameter of ASCII. */
  Parameters with(String name, String value) {
    return add(name + '=' + Mailbox.quoted(value));
  }

  /**
   * The name of a file; one that is not ASCII in its own characters for all who know RFC 2231, and
   * behind that, for many readers take the first, in ASCII.
   */
  Parameters withFileName(String name, String filename) {
    String ascii = ascii(filename);
    if (!ascii.equals(filename)) {
      extended(name, filename);
    }
    return with(name, ascii);
  }

  List<String> words() {
    return words;
  }

  /** The name with accents taken off, and a low line for each character that ASCII lacks. */
  static String ascii(String filename) {
    StringBuilder ascii = new StringBuilder();
    Normalizer.normalize(filename, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> ascii.append(c >= ' ' && c < 127 && c != '"' && c != '\\' ? (char) c : '_'));
    return filename.chars().allMatch(c -> c >= ' ' && c < 127) ? filename : ascii.toString();
  }

  private Parameters add(String word) {
    words.set(words.size() - 1, words.getLast() + ';');
    words.add(word);
    return this;
  }

  /** {@code name*=utf-8''…}, in pieces where it is long; no piece ends within a character. */
  private void extended(String name, String value) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder("utf-8''");
    int room = LONGEST - name.length() - "*99*=;".length();
    for (int at = 0; at < value.length(); ) {
      int c = value.codePointAt(at);
      at += Character.charCount(c);
      String escaped = escaped(c);
      if (piece.length() + escaped.length() > room) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(escaped);
    }
    pieces.add(piece.toString());
    if (pieces.size() == 1) {
      add(name + "*=" + pieces.getFirst());
      return;
    }
    for (int i = 0; i < pieces.size(); i++) {
      add(name + '*' + i + "*=" + pieces.get(i));
    }
  }

  private static String escaped(int c) {
    if (c < 128 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARACTERS.indexOf(c) >= 0)) {
      return Character.toString(c);
    }
    StringBuilder escaped = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(UTF_8)) {
      escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return escaped.toString();
  }
}
