package email.daimon.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a calendar file asks of who gets it: its iTIP method (RFC 5546), such as REQUEST. */
final class CalendarMethod {
  private static final int LOOKED_AT = 64 << 10;
  private static final Pattern PROPERTY =
      Pattern.compile("^METHOD:([A-Z-]{1,40})\\s*$", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  private CalendarMethod() {}

  /** As the type says it, else as the beginning of the file does; empty for any other file. */
  static Optional<String> of(OutgoingFile file) throws IOException {
    ContentType type = file.type();
    if (!type.isCalendar() || !file.invitation()) {
      return Optional.empty();
    }
    Optional<String> declared = Optional.ofNullable(type.parameters().get("method"));
    return (declared.isPresent() ? declared : property(file))
        .map(method -> method.toUpperCase(Locale.ROOT));
  }

  private static Optional<String> property(OutgoingFile file) throws IOException {
    try (InputStream bytes = file.source().open()) {
      String beginning = new String(bytes.readNBytes(LOOKED_AT), ISO_8859_1);
      Matcher property = PROPERTY.matcher(beginning);
      return property.find() ? Optional.of(property.group(1)) : Optional.empty();
    }
  }
}
