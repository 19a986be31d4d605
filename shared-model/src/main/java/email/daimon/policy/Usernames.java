package email.daimon.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which local parts an inbox may have: 3 to 32 lower-case letters, digits and hyphens, the first
 * and last no hyphen, and none that belongs to the operator ({@code reserved-usernames.txt}).
 */
public final class Usernames {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,30}[a-z0-9]");
  private static final Set<String> RESERVED = read();

  private Usernames() {}

  public static boolean wellFormed(String username) {
    return FORM.matcher(username).matches();
  }

  /** Whether the operator of the domain gets this local part's mail, in any case. */
  public static boolean reserved(String localPart) {
    String name = localPart.toLowerCase(Locale.ROOT);
    return RESERVED.contains(name)
        || RESERVED.stream()
            .anyMatch(entry ->
                entry.endsWith("*") && name.startsWith(entry.substring(0, entry.length() - 1)));
  }

  private static Set<String> read() {
    Set<String> names = new HashSet<>();
    try (InputStream file = Usernames.class.getResourceAsStream("reserved-usernames.txt")) {
      if (file == null) {
        throw new IllegalStateException("reserved-usernames.txt is missing");
      }
      new BufferedReader(new InputStreamReader(file, UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Set.copyOf(names);
  }
}
