package email.daimon.mime;

import java.util.Locale;
import java.util.Optional;

/** The Content fields of one part (RFC 2045, RFC 2183), with the defaults for what is missing. */
final class PartHeader {
  private static final Parameters NOTHING = new Parameters("");

  private final Parameters type;
  private final String contentType;
  private final Parameters disposition;
  private final String encoding;
  private final Optional<String> contentId;

  /**
   * Reads a block.
   *
   * @param defaultType where the part names none that can be read
   */
  PartHeader(HeaderBlock block, String defaultType) {
    type = block.firstRaw("content-type").map(Parameters::new).orElse(NOTHING);
    String value = type.value();
    contentType =
        value.indexOf('/') > 0 && value.indexOf('/') < value.length() - 1
            ? value
            : value.equals("text") ? "text/plain" : defaultType;
    disposition = block.firstRaw("content-disposition").map(Parameters::new).orElse(NOTHING);
    encoding =
        block
            .firstRaw("content-transfer-encoding")
            .map(raw -> new Parameters(raw).value().toLowerCase(Locale.ROOT))
            .orElse("");
    contentId =
        block.firstRaw("content-id").map(PartHeader::withoutBrackets).filter(id -> !id.isEmpty());
  }

  private static String withoutBrackets(String raw) {
    String id = HeaderText.decode(raw).strip();
    int from = id.startsWith("<") ? 1 : 0;
    int to = id.endsWith(">") && id.length() > from ? id.length() - 1 : id.length();
    return id.substring(from, to).strip();
  }

  /** Lower case, without parameters. */
  String contentType() {
    return contentType;
  }

  boolean isMultipart() {
    return contentType.startsWith("multipart/");
  }

  /** The type after the slash. */
  String subtype() {
    return contentType.substring(contentType.indexOf('/') + 1);
  }

  Optional<String> boundary() {
    return type.raw("boundary").map(String::stripTrailing).filter(text -> !text.isEmpty());
  }

  String encoding() {
    return encoding;
  }

  Optional<String> charset() {
    return type.raw("charset");
  }

  Optional<String> contentId() {
    return contentId;
  }

  Optional<String> reportType() {
    return type.raw("report-type").map(text -> text.toLowerCase(Locale.ROOT));
  }

  /** Disposition's filename, else the type's name. */
  Optional<String> name() {
    return disposition
        .text("filename")
        .or(() -> disposition.text("name"))
        .or(() -> type.text("name"))
        .or(() -> type.text("filename"))
        .map(String::strip)
        .filter(name -> !name.isEmpty());
  }

  boolean isFlowed() {
    return type.raw("format").filter("flowed"::equalsIgnoreCase).isPresent();
  }

  boolean deletesSpace() {
    return type.raw("delsp").filter("yes"::equalsIgnoreCase).isPresent();
  }

  boolean isInline() {
    return disposition.value().equals("inline");
  }

  /**
   * Whether the part is text of the mail itself, and no attachment.
   *
   * <p>Plain text and HTML are, unless their disposition says {@code attachment}, or they have a
   * name. A named part counts as text only where its disposition is {@code inline}.
   */
  boolean isBody() {
    if (!contentType.equals("text/plain") && !contentType.equals("text/html")) {
      return false;
    }
    String wanted = disposition.value();
    return wanted.equals("inline") || (wanted.isEmpty() && name().isEmpty());
  }
}
