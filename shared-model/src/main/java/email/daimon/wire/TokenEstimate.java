package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many tokens of a language model a text takes, roughly and rather too many than too few: one
 * for four characters of ASCII, one for three bytes of UTF-8 of all others.
 */
public final class TokenEstimate {
  private static final int ASCII = 3;
  private static final int OTHERS = 4;
  private static final int TWELFTHS = 12;

  private TokenEstimate() {}

  /** Of a text. */
  public static int of(String text) {
    long twelfths = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        twelfths += ASCII;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        // Half of a pair is two of its four bytes.
        twelfths += OTHERS * 2;
      } else {
        twelfths += OTHERS * 3;
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, (twelfths + TWELFTHS - 1) / TWELFTHS);
  }

  /** Of JSON as it is sent. */
  public static int of(JsonNode json) {
    return of(json.toString());
  }
}
