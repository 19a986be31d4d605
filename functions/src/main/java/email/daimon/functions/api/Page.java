package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page for people, from text and a few elements of our own. No script may run on it, and it sends
 * its forms to this server alone.
 */
final class Page {
  private static final String STYLE = resource("page.css");
  private static final String POLICY =
      "default-src 'none'; style-src '"
          + hash(STYLE)
          + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private Page() {}

  /** A page that says one thing. */
  static Reply of(int status, String title, String text) {
    return html(status, title, paragraph(text));
  }

  /**
   * A page with a body of several elements.
   *
   * @param body HTML, in which everything foreign is {@link #escaped}
   */
  static Reply html(int status, String title, String body) {
    return Reply.page(
            status,
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s · daimon</title>
            <style>%s</style>
            </head>
            <body>
            <h1>%s</h1>
            %s
            </body>
            </html>
            """
                .formatted(escaped(title), STYLE, escaped(title), body))
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer");
  }

  static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>\n";
  }

  /** Text as it may stand in an element or in a quoted attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** How a Content-Security-Policy names an inline style or script. */
  static String hash(String text) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
