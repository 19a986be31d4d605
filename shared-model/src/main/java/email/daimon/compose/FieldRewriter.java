package email.daimon.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;

/** Brings a field of a mail of others to 7 bits; one that is so already stays as it is. */
final class FieldRewriter {
  private static final int LONGEST_WORD = 900;
  // Real mailers leave 8-bit within encoded-words: it is in the charset of the word.
  private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?\\s]+\\?[Qq]\\?[^?]*\\?=");
  private static final Pattern EIGHT_BIT = Pattern.compile("[\\x80-\\xff]");

  private FieldRewriter() {}

  /** The field with its last line end. */
  static byte[] rewrite(Field field) throws IOException {
    ByteSequence raw = field.getRaw();
    byte[] bytes = raw == null ? new byte[0] : raw.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (bytes.length > 0 && SevenBit.holds(new ByteArrayInputStream(bytes))) {
      SevenBit.copy(new ByteArrayInputStream(bytes), out);
      out.write('\r');
      out.write('\n');
      return out.toByteArray();
    }
    String name = field.getName();
    HeaderWriter header = new HeaderWriter();
    header.words(name, words(value(bytes, name), field.getNameLowerCase().startsWith("content-")));
    return header.bytes();
  }

  private static String value(byte[] field, String name) {
    String latin1 = new String(field, ISO_8859_1);
    byte[] raw =
        ENCODED_WORD
            .matcher(latin1)
            .replaceAll(word -> Matcher.quoteReplacement(escaped(word.group())))
            .getBytes(ISO_8859_1);
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException _) {
      text = new String(raw, ISO_8859_1);
    }
    return OneLine.of(text.substring(Math.min(text.length(), name.length() + 1)));
  }

  private static String escaped(String word) {
    return EIGHT_BIT
        .matcher(word)
        .replaceAll(b -> String.format(Locale.ROOT, "=%02X", (int) b.group().charAt(0)));
  }

  /** Neighbours that are not ASCII share encoded-words, so that the blank between them stays. */
  private static List<String> words(String value, boolean parameters) {
    List<String> words = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean quotes = true;
    for (int at = 0; at < value.length(); ) {
      int end =
          quotes && value.charAt(at) == '"' ? quoteEnd(value, at) : wordEnd(value, at, quotes);
      if (end > value.length()) {
        // A quote that never ends is none, nor is any after it: looking on would take square time.
        quotes = false;
        continue;
      }
      String text = value.substring(at, end).strip();
      at = end;
      if (text.isEmpty()) {
        continue;
      }
      if (text.length() <= LONGEST_WORD && text.chars().allMatch(c -> c < 127)) {
        end(run, words, parameters);
        words.add(text);
      } else {
        run.append(run.isEmpty() ? "" : " ").append(text.replace("\"", ""));
      }
    }
    end(run, words, parameters);
    return words.isEmpty() ? List.of("") : words;
  }

  /** Behind the quoted-string, or beyond the value where it does not end. */
  private static int quoteEnd(String value, int from) {
    int at = from + 1;
    while (at < value.length() && value.charAt(at) != '"') {
      at += value.charAt(at) == '\\' ? 2 : 1;
    }
    return at < value.length() ? at + 1 : value.length() + 1;
  }

  private static int wordEnd(String value, int from, boolean quotes) {
    int at = from + 1;
    while (at < value.length() && value.charAt(at) != ' ' && (!quotes || value.charAt(at) != '"')) {
      at++;
    }
    return at;
  }

  private static void end(StringBuilder run, List<String> words, boolean quoted) {
    if (run.isEmpty()) {
      return;
    }
    String encoded =
        EncoderUtil.encodeEncodedWord(run.toString(), Usage.WORD_ENTITY, 0, UTF_8, null);
    run.setLength(0);
    if (quoted) {
      // No RFC allows it, all mailers read it: an encoded-word within a parameter.
      boolean afterName = !words.isEmpty() && words.getLast().endsWith("=");
      String before = afterName ? words.removeLast() : "";
      words.addAll(List.of((before + '"' + encoded + '"').split(" ")));
    } else {
      words.addAll(List.of(encoded.split(" ")));
    }
  }
}
