package email.daimon.understand.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.DataFile;
import email.daimon.understand.html.LinkAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The address within an address: of programs that check or count clicks, and plain redirects. */
final class Redirects {
  private static final String ANY_HOST = "*";
  private static final Map<String, Set<String>> PARAMETERS = parameters();
  private static final int DEEPEST = 3;

  private Redirects() {}

  /** The innermost address; empty where there is none within. */
  static Optional<String> unwrapped(String address) {
    Optional<String> found = Optional.empty();
    String outer = address;
    for (int i = 0; i < DEEPEST; i++) {
      Optional<String> inner = within(outer);
      if (inner.isEmpty()) {
        break;
      }
      found = inner;
      outer = inner.get();
    }
    return found;
  }

  private static Optional<String> within(String address) {
    String host = LinkHost.nameOf(address);
    if (host.equals("urldefense.com") || host.equals("urldefense.proofpoint.com")) {
      return ofUrlDefense(address);
    }
    int query = address.indexOf('?');
    if (query < 0) {
      return Optional.empty();
    }
    for (String pair : address.substring(query + 1).split("[&#]", 50)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && carries(host, pair.substring(0, equals))) {
        Optional<String> inner = LinkAddress.of(decoded(pair.substring(equals + 1)));
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean carries(String host, String parameter) {
    if (PARAMETERS.getOrDefault(ANY_HOST, Set.of()).contains(parameter.toLowerCase(Locale.ROOT))) {
      return true;
    }
    for (String at = host; !at.isEmpty(); at = at.substring(at.indexOf('.') + 1)) {
      if (PARAMETERS.getOrDefault(at, Set.of()).contains(parameter)) {
        return true;
      }
      if (at.indexOf('.') < 0) {
        break;
      }
    }
    return false;
  }

  /** Proofpoint's: v1 and v2 in parameter u, v3 between underscores with a list of characters. */
  private static Optional<String> ofUrlDefense(String address) {
    int third = address.indexOf("/v3/__");
    if (third >= 0) {
      int end = address.indexOf("__;", third);
      String inner = address.substring(third + 6, end < 0 ? address.length() : end);
      return LinkAddress.of(end < 0 ? inner : starsFilled(inner, address.substring(end + 3)));
    }
    int from = address.indexOf("?u=");
    if (from < 0) {
      return Optional.empty();
    }
    int end = address.indexOf('&', from);
    String inner = address.substring(from + 3, end < 0 ? address.length() : end);
    boolean second = address.contains("/v2/");
    return LinkAddress.of(decoded(second ? inner.replace('-', '%').replace('_', '/') : inner));
  }

  /** Each star stands for the next character of a list in base64, two for as many as are told. */
  private static String starsFilled(String inner, String rest) {
    int end = rest.indexOf('!');
    String listed;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(end < 0 ? rest : rest.substring(0, end));
      listed = new String(bytes, UTF_8);
    } catch (IllegalArgumentException noList) {
      return inner;
    }
    StringBuilder filled = new StringBuilder(inner.length());
    int next = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      boolean star = c == '*' && next < listed.length();
      filled.append(star ? listed.charAt(next++) : c);
    }
    return filled.toString();
  }

  /** Percent-encoded bytes as UTF-8; what is no encoding stays. */
  static String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    byte[] in = value.getBytes(UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      boolean encoded = low >= 0;
      out[length++] = encoded ? (byte) (high * 16 + low) : in[i];
      i += encoded ? 2 : 0;
    }
    return new String(Arrays.copyOf(out, length), UTF_8);
  }

  private static Map<String, Set<String>> parameters() {
    Map<String, Set<String>> parameters = new HashMap<>();
    for (String line : DataFile.lines(Redirects.class, "redirects.txt")) {
      String[] fields = line.split(" ");
      parameters.computeIfAbsent(fields[0], _ -> new HashSet<>()).add(fields[1]);
    }
    return Map.copyOf(parameters);
  }
}
