package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a file (RFC 2045, 5.1).
 *
 * @param type such as {@code image/png}, lower case
 * @param parameters {@code charset} and {@code method} at most; all others go
 */
public record ContentType(String type, Map<String, String> parameters) {
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,100}";
  private static final Pattern FORM =
      Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("\\G\\s*;\\s*(" + TOKEN + ")\\s*=\\s*(?:(" + TOKEN + ")|\"([^\"\\\\]*)\")");
  private static final Set<String> KEPT = Set.of("charset", "method");
  static final ContentType BYTES = new ContentType("application/octet-stream", Map.of());

  public ContentType {
    requireNonNull(type, "type is null");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads a type as a caller or a mail gives it; empty where it is none. */
  public static Optional<ContentType> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(Optional.ofNullable(form.group(2)).orElse(""));
    while (parameter.find()) {
      String name = parameter.group(1).toLowerCase(Locale.ROOT);
      String value = Optional.ofNullable(parameter.group(2)).orElse(parameter.group(3));
      if (KEPT.contains(name) && value.matches(TOKEN)) {
        parameters.putIfAbsent(name, value);
      }
    }
    return Optional.of(new ContentType(form.group(1).toLowerCase(Locale.ROOT), parameters));
  }

  /**
   * The type under which bytes may be carried as a file: multiparts and mails in pieces are bytes
   * to us, for their kind may not be encoded (RFC 2046, 5).
   */
  static ContentType ofFile(String text) {
    ContentType type = parse(text).orElse(BYTES);
    boolean composite = type.type.startsWith("multipart/") || type.type.startsWith("message/");
    return composite && !type.isMail() ? BYTES : type;
  }

  boolean isMail() {
    return type.equals("message/rfc822");
  }

  boolean isCalendar() {
    return type.equals("text/calendar");
  }
}
