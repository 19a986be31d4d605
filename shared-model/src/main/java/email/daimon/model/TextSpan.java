package email.daimon.model;

/**
 * A piece of a text, half open. It counts Unicode code points, as Python's strings do, and
 * JavaScript's {@code Array.from(text)}.
 *
 * @param start of the first character
 * @param end behind the last
 */
public record TextSpan(int start, int end) {
  public TextSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: " + start + " to " + end);
    }
  }
}
