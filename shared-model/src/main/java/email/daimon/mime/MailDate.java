package email.daimon.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Dates of the Date field (RFC 5322, 3.3 and 4.3), read leniently. */
final class MailDate {
  private static final int LONGEST = 200;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Map<String, Integer> ZONES =
      Map.of(
          "edt", -4, "est", -5, "cdt", -5, "cst", -6, "mdt", -6, "mst", -7, "pdt", -7, "pst", -8);

  private int day;
  private int month;
  private int year = -1;
  private int hour = -1;
  private int minute;
  private int second;
  private int offsetMinutes;

  private MailDate() {}

  /** Empty where the text gives no full date. */
  static Optional<Instant> parse(String text) {
    MailDate date = new MailDate();
    for (String token : tokens(text)) {
      date.take(token);
    }
    if (date.day == 0 || date.month == 0 || date.year < 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              date.year,
              date.month,
              date.day,
              Math.max(0, date.hour),
              date.minute,
              Math.min(59, date.second));
      return Optional.of(local.toInstant(ZoneOffset.ofTotalSeconds(date.offsetMinutes * 60)));
    } catch (DateTimeException outOfRange) {
      return Optional.empty();
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    int comment = 0;
    int from = -1;
    for (int i = 0; i <= part.length(); i++) {
      char c = i < part.length() ? part.charAt(i) : ' ';
      boolean separator = c <= ' ' || c == ',' || c == '(' || c == ')';
      if (separator && from >= 0) {
        tokens.add(part.substring(from, i).toLowerCase(Locale.ROOT));
        from = -1;
      } else if (!separator && comment == 0 && from < 0) {
        from = i;
      }
      comment += c == '(' ? 1 : c == ')' && comment > 0 ? -1 : 0;
    }
    return tokens;
  }

  private void take(String token) {
    char first = token.charAt(0);
    if (token.indexOf(':') > 0) {
      time(token);
    } else if (hour >= 0 && (first == '+' || first == '-')) {
      zone(token);
    } else if (first >= '0' && first <= '9') {
      number(token);
    } else if (token.length() >= 3 && month == 0 && monthOf(token) > 0) {
      month = monthOf(token);
    } else if (ZONES.containsKey(token)) {
      offsetMinutes = ZONES.get(token) * 60;
    }
  }

  private static int monthOf(String token) {
    int at = MONTHS.indexOf(token.substring(0, 3));
    return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
  }

  private void number(String token) {
    int dash = token.indexOf('-');
    if (dash > 0) {
      for (String piece : token.split("-", 3)) {
        if (!piece.isEmpty()) {
          take(piece);
        }
      }
      return;
    }
    int value = digits(token);
    if (value < 0) {
      return;
    }
    if (day == 0 && token.length() <= 2) {
      day = value;
    } else if (year < 0) {
      year = token.length() <= 2 ? value + (value < 50 ? 2000 : 1900) : value;
      year = token.length() == 3 ? value + 1900 : year;
    }
  }

  private void time(String token) {
    String[] pieces = token.split(":", 4);
    hour = Math.max(0, digits(pieces[0]));
    minute = Math.max(0, digits(pieces[1]));
    second = pieces.length > 2 ? Math.max(0, digits(pieces[2])) : 0;
  }

  private void zone(String token) {
    int value = digits(token.substring(1));
    if (value >= 0 && token.length() == 5) {
      int minutes = value / 100 * 60 + value % 100;
      offsetMinutes = token.charAt(0) == '-' ? -minutes : minutes;
    }
  }

  private static int digits(String token) {
    int value = 0;
    int i = 0;
    while (i < token.length() && i < 6 && token.charAt(i) >= '0' && token.charAt(i) <= '9') {
      value = value * 10 + token.charAt(i) - '0';
      i++;
    }
    return i == 0 ? -1 : value;
  }
}
