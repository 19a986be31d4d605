package email.daimon.local.http;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An HTTP request.
 *
 * @param path as sent, still encoded
 * @param query as sent, without its question mark; empty without one
 * @param headers by lower-case name, each with all its values
 */
record Call(
    String id,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    InputStream body,
    String sourceIp) {
  Call {
    Objects.requireNonNull(id);
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
    Objects.requireNonNull(query);
    Objects.requireNonNull(headers);
    Objects.requireNonNull(body);
    Objects.requireNonNull(sourceIp);
  }

  /** The first value of a header, empty without one. */
  String header(String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }

  /** The query's parameters, decoded, in the order of their first appearance. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
      }
    }
    return parameters;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
