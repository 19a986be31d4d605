package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * {@code /inbox/{id}}: a page that asks for a key and shows an inbox as text. It is the same for
 * every id and says nothing without a key; the only script that may run on it is its own.
 */
final class InboxPage {
  private final String html;
  private final String policy;

  InboxPage() {
    String script = resource("inbox.js");
    String style = resource("inbox.css");
    html = resource("inbox.html").replace("{{style}}", style).replace("{{script}}", script);
    policy =
        "default-src 'none'; script-src '"
            + hash(script)
            + "'; style-src '"
            + hash(style)
            + "'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  List<Route> routes() {
    return List.of(Route.get("/inbox/{id}", Access.PUBLIC, _ -> Plan.of(this::page)));
  }

  private Reply page() {
    return Reply.page(200, html)
        .header("Content-Security-Policy", policy)
        .header("Referrer-Policy", "no-referrer");
  }

  private static String hash(String text) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = InboxPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
