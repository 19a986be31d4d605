package email.daimon.understand.testing;

import java.util.List;

/**
 * A generated mail text.
 *
 * @param id language/client/kind/style and which of the client's forms
 * @param client whose layout it has
 * @param style top, bottom, inline, forward or none
 * @param html whether the input is HTML
 * @param readings what may be found as new in it, the wanted one first
 */
public record Variant(
    String id,
    String language,
    String client,
    String style,
    boolean html,
    String input,
    List<String> readings) {

  /**
   * Whether a text is one of the readings: in plain text up to the amount of white space, in HTML,
   * whose rendering is free to break lines, without any.
   */
  public boolean accepts(String found) {
    return readings.stream().anyMatch(reading -> tidy(reading).equals(tidy(found)));
  }

  private String tidy(String text) {
    return text.replaceAll("[\\s\\p{Z}\\uFEFF]+", html ? "" : " ").strip();
  }
}
