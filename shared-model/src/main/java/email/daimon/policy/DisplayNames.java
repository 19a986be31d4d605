package email.daimon.policy;

/**
 * Which names an inbox may show: up to 100 characters, and nothing that makes a reader take the
 * name for an address or read it in another order (UAX #9).
 */
public final class DisplayNames {
  /** Longest name, in UTF-16 units. */
  public static final int LONGEST = 100;

  private DisplayNames() {}

  public static boolean allowed(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST
        && name.codePoints().noneMatch(DisplayNames::forbidden);
  }

  private static boolean forbidden(int character) {
    return character == '@'
        || Character.isISOControl(character)
        || character == 0x2028
        || character == 0x2029
        || bidi(character)
        || Character.getType(character) == Character.SURROGATE;
  }

  private static boolean bidi(int character) {
    return character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
