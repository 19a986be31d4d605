package email.daimon.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which URLs a webhook may have, as far as their writing tells: judged when one is set and again at
 * each call. Whether the host's addresses may be called is another question.
 *
 * <p>Strict, as in production: {@code https}, a host name (RFC 1123) whose last label is no number
 * in any writing, port 443 or 8443, no user name. Otherwise {@code http} and {@code https} to this
 * very machine, at any port, are allowed as well.
 */
public final class WebhookUrl {
  /** Characters of a URL. */
  public static final int LONGEST = 2_048;

  private static final Set<Integer> PORTS = Set.of(-1, 443, 8_443);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private WebhookUrl() {}

  /**
   * What is wrong with a URL, as a phrase that goes after the name of its field; empty where
   * nothing is.
   *
   * @param strict whether this machine itself is refused, as in production
   */
  public static Optional<String> problem(String url, boolean strict) {
    if (url.length() > LONGEST) {
      return Optional.of("has at most " + LONGEST + " characters");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      return Optional.of("is no URL");
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      return Optional.of("is an https URL with a host name, other letters written as xn--");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("has no user name");
    }
    if (uri.getRawFragment() != null) {
      return Optional.of("has no fragment");
    }
    return !strict && loopback(uri) ? Optional.empty() : strictProblem(uri);
  }

  /** Whether it names this very machine, by http or https. */
  public static boolean loopback(URI url) {
    return (scheme(url).equals("http") || scheme(url).equals("https"))
        && url.getHost() != null
        && LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT));
  }

  private static Optional<String> strictProblem(URI uri) {
    if (!scheme(uri).equals("https")) {
      return Optional.of("begins with https://");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.length() > 253 || !HOST_NAME.matcher(host).matches()) {
      return Optional.of("names its host, such as hooks.example.com, by no address");
    }
    return PORTS.contains(uri.getPort())
        ? Optional.empty()
        : Optional.of("has port 443, 8443 or none");
  }

  private static String scheme(URI uri) {
    return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
  }
}
