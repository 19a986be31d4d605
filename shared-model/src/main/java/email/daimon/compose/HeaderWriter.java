package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;

/**
 * Header fields as bytes (RFC 5322, 2.2; RFC 2047): folded at single blanks where a line would pass
 * 76 characters, which is the limit of lines with encoded-words.
 */
final class HeaderWriter {
  private static final String END = "\r\n";
  private static final int LINE = 76;
  private static final int LONGEST_WORD = 60;

  private final StringBuilder block = new StringBuilder();
  private boolean first;
  private int column;

  /** Text for people; what ASCII cannot say, or folding might change, is in encoded-words. */
  void text(String name, String value) {
    begin(name);
    words(
        isPlain(value, LONGEST_WORD)
            ? List.of(value.split(" "))
            : encoded(value, Usage.TEXT_TOKEN, name));
    end();
  }

  /** A field that machines read: ASCII stays as it is, however long its words. */
  void machineText(String name, String value) {
    begin(name);
    if (isPlain(value, ComposeLimits.HEADER_VALUE)) {
      words(List.of(value.split(" ")));
    } else if (isAscii(value)) {
      word(value);
    } else {
      words(encoded(value, Usage.TEXT_TOKEN, name));
    }
    end();
  }

  /** Keywords, dates, types: ASCII, folded at its blanks. */
  void structured(String name, String value) {
    words(name, List.of(value.split(" ")));
  }

  /** Words that are never parted. */
  void words(String name, List<String> words) {
    begin(name);
    words(words);
    end();
  }

  /** Ids in brackets, one a line (RFC 5322, 3.6.4). */
  void ids(String name, List<String> ids) {
    begin(name);
    block.append(' ').append(String.join(END + " ", ids));
    end();
  }

  void mailboxes(String name, List<Mailbox> mailboxes) {
    begin(name);
    for (int i = 0; i < mailboxes.size(); i++) {
      String comma = i + 1 < mailboxes.size() ? "," : "";
      Mailbox mailbox = mailboxes.get(i);
      if (mailbox.name().isEmpty()) {
        word(mailbox.address() + comma);
      } else {
        words(phrase(mailbox.name(), i == 0 ? name : ""));
        word('<' + mailbox.address() + '>' + comma);
      }
    }
    end();
  }

  byte[] bytes() {
    return block.toString().getBytes(US_ASCII);
  }

  private void begin(String name) {
    block.append(name).append(':');
    column = name.length() + 1;
    first = true;
  }

  private void end() {
    block.append(END);
  }

  private void words(List<String> words) {
    words.forEach(this::word);
  }

  private void word(String word) {
    if (!first && column + 1 + word.length() > LINE) {
      block.append(END);
      column = 0;
    }
    block.append(' ').append(word);
    column += 1 + word.length();
    first = false;
  }

  /** A display name: atoms, a quoted-string, or encoded-words (RFC 5322, 3.2.5). */
  private static List<String> phrase(String name, String field) {
    if (!isPlain(name, LONGEST_WORD)) {
      return encoded(name, Usage.WORD_ENTITY, field);
    }
    boolean atoms = name.chars().allMatch(c -> c == ' ' || Mailbox.isAtomText((char) c));
    return List.of((atoms ? name : Mailbox.quoted(name)).split(" "));
  }

  private static List<String> encoded(String value, Usage usage, String field) {
    int used = field.isEmpty() ? 0 : Math.min(field.length() + 1, 50);
    return List.of(EncoderUtil.encodeEncodedWord(value, usage, used, UTF_8, null).split(" "));
  }

  /** Printable ASCII in words with single blanks between, and nothing like an encoded-word. */
  private static boolean isPlain(String value, int longestWord) {
    return isAscii(value)
        && Stream.of(value.split(" ", -1))
            .allMatch(word -> !word.isEmpty() && word.length() <= longestWord);
  }

  private static boolean isAscii(String value) {
    return !value.contains("=?") && value.chars().allMatch(c -> c >= ' ' && c < 127);
  }
}
