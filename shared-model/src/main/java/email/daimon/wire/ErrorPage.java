package email.daimon.wire;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The errors page: one line for each code, made from {@link ErrorCode}. */
public final class ErrorPage {
  private ErrorPage() {}

  /** As Markdown, kept as {@code docs/errors.md}. */
  public static String markdown() {
    StringBuilder page = new StringBuilder("# Errors\n\n");
    page.append("Made from `ErrorCode` by its test; do not edit.\n\n");
    page.append("| status | error | meaning |\n|---|---|---|\n");
    for (ErrorCode code : byStatus()) {
      page.append("| ").append(code.status()).append(" | `").append(code.name());
      page.append("` | ").append(code.meaning()).append(" |\n");
    }
    return page.toString();
  }

  /** As HTML with an anchor for each code, where {@code docs} links to. */
  public static String html() {
    StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><head>");
    page.append("<meta charset=\"utf-8\"><title>Errors</title></head><body><h1>Errors</h1><dl>");
    for (ErrorCode code : byStatus()) {
      page.append("<dt id=\"").append(code.name()).append("\">").append(code.status());
      page.append(" <code>").append(code.name()).append("</code></dt><dd>");
      page.append(code.meaning()).append("</dd>");
    }
    return page.append("</dl></body></html>").toString();
  }

  private static List<ErrorCode> byStatus() {
    return Arrays.stream(ErrorCode.values())
        .sorted(Comparator.comparingInt(ErrorCode::status).thenComparing(ErrorCode::name))
        .toList();
  }
}
