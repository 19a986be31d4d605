package email.daimon.functions.api;

import email.daimon.functions.store.Span;
import java.util.Optional;

/**
 * What a cursor of a list of messages says.
 *
 * @param poll whether it asks for what is new, oldest first
 * @param rest what is left to read
 * @param settled where polling goes on after the last page
 */
record MessagePlace(boolean poll, Span rest, long settled) {
  /** The text within a cursor. */
  String text() {
    return (poll ? "p" : "n") + ":" + rest.from() + ":" + rest.end() + ":" + settled;
  }

  /** Reads {@link #text()} of a cursor whose signature was good. */
  static Optional<MessagePlace> parse(String text) {
    String[] parts = text.split(":");
    if (parts.length != 4) {
      return Optional.empty();
    }
    return Optional.of(
        new MessagePlace(
            parts[0].equals("p"),
            new Span(Long.parseLong(parts[1]), Long.parseLong(parts[2])),
            Long.parseLong(parts[3])));
  }
}
