package email.daimon.mime;

import email.daimon.model.CalendarEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events of iCalendar texts (RFC 5545), in one pass over their lines. What cannot be read is left
 * out, an event never for the sake of one property.
 */
final class CalendarReader {
  /** Bytes of one calendar that are read. */
  static final int LONGEST = 1 << 20;

  private static final int LONGEST_LINE = 8 << 10;

  // The same event comes as a part to be shown and as a file.
  private final Map<String, CalendarEvent> events = new LinkedHashMap<>();

  /** All events so far, of each appointment one. */
  List<CalendarEvent> events() {
    return List.copyOf(events.values());
  }

  /**
   * Reads a calendar, beside those before.
   *
   * @param method of its Content-Type, where the calendar names none
   */
  void read(byte[] bytes, int length, Optional<String> charset, Optional<String> method) {
    byte[] unfolded = new byte[length];
    int size = unfold(bytes, length, unfolded);
    TextDecoder.Decoded decoded =
        TextDecoder.decode(unfolded, 0, size, charset, TextDecoder.Kind.TEXT);
    read(TextLeaf.normalised(decoded.text()), method);
  }

  /** Before the bytes become text, since many fold within a character (RFC 5545, 3.1). */
  static int unfold(byte[] bytes, int length, byte[] unfolded) {
    int size = 0;
    for (int at = 0; at < length; at++) {
      int lineEnd = bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n' ? 2 : 1;
      boolean folded =
          bytes[at + lineEnd - 1] == '\n'
              && at + lineEnd < length
              && (bytes[at + lineEnd] == ' ' || bytes[at + lineEnd] == '\t');
      if (folded) {
        at += lineEnd;
      } else {
        unfolded[size++] = bytes[at];
      }
    }
    return size;
  }

  private void read(String text, Optional<String> method) {
    Optional<String> stated = method;
    Optional<EventBuilder> open = Optional.empty();
    List<EventBuilder> read = new ArrayList<>();
    int inner = 0;
    int at = 0;
    while (at < text.length() && read.size() <= CalendarEvent.MOST) {
      int lineEnd = text.indexOf('\n', at);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      Optional<CalendarLine> property =
          CalendarLine.of(text.substring(at, Math.min(end, at + LONGEST_LINE)));
      at = end + 1;
      if (property.isEmpty()) {
        continue;
      }
      CalendarLine it = property.get();
      boolean event = it.value().strip().equalsIgnoreCase("VEVENT");
      if (open.isEmpty()) {
        if (it.name().equals("BEGIN") && event) {
          open = Optional.of(new EventBuilder());
          inner = 0;
        } else if (it.name().equals("METHOD")) {
          stated = Optional.of(it.value().strip()).filter(word -> !word.isEmpty()).or(() -> method);
        }
      } else if (it.name().equals("BEGIN")) {
        inner++;
      } else if (it.name().equals("END") && (inner == 0 || event)) {
        read.add(open.get());
        open = Optional.empty();
      } else if (it.name().equals("END")) {
        inner--;
      } else if (inner == 0) {
        open.get().take(it);
      }
    }
    open.ifPresent(read::add);
    for (EventBuilder one : read) {
      add(one.build(stated));
    }
  }

  private void add(CalendarEvent event) {
    String key =
        event.uid().isPresent()
            ? event.uid().get() + '\n' + event.recurrenceId().orElse("")
            : event.toString();
    if (events.containsKey(key)) {
      // The one that says what it is for.
      if (events.get(key).method().isEmpty() && event.method().isPresent()) {
        events.put(key, event);
      }
    } else if (events.size() < CalendarEvent.MOST) {
      events.put(key, event);
    }
  }
}
