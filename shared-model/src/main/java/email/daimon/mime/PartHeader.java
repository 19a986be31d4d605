package email.daimon.mime;

import java.util.Locale;
import java.util.Optional;

/** The Content fields of one part (RFC 2045, RFC 2183), with the defaults for what is missing. */
final class PartHeader {
  private static final Parameters NOTHING = new Parameters("");

  private final boolean empty;
  private final Parameters type;
  private final String contentType;
  private final boolean unreadable;
  private final Parameters disposition;
  private final String encoding;
  private final Optional<String> contentId;

  /**
   * Reads a block.
   *
   * @param defaultType where the part names none that can be read
   */
  PartHeader(HeaderBlock block, String defaultType) {
    empty = block.isEmpty();
    type = block.firstRaw("content-type").map(Parameters::new).orElse(NOTHING);
    String value = type.value();
    int slash = value.indexOf('/');
    boolean readable = slash > 0 && slash < value.length() - 1;
    contentType = readable ? value : defaultType;
    unreadable = !readable && !value.isEmpty() && !value.equals("text");
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

  /** Whether there is no field at all. */
  boolean isEmpty() {
    return empty;
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
    return type.raw("boundary").filter(text -> !text.isBlank());
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

  /** What signed or encrypted the parts, or an empty string (RFC 1847). */
  String protocol() {
    return type.raw("protocol").orElse("").toLowerCase(Locale.ROOT);
  }

  Optional<String> smimeType() {
    return type.raw("smime-type").map(text -> text.toLowerCase(Locale.ROOT));
  }

  /** What a calendar is sent for (RFC 6047). */
  Optional<String> method() {
    return type.raw("method").map(String::strip).filter(text -> !text.isEmpty());
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
   * Whether a text may as well be a file: it has a name but no disposition (old mailers name files
   * so, and the text itself, too), or a type that cannot be read. It is kept as both.
   */
  boolean isDoubtful() {
    return unreadable || (disposition.value().isEmpty() && name().isPresent());
  }

  /**
   * Whether the part is text of the mail itself, and no attachment.
   *
   * <p>Plain text and HTML are, unless their disposition says {@code attachment}. One that has
   * another disposition and a name is a file to be shown inline, and so text only where it comes
   * first (RFC 8621, 4.1.4).
   *
   * @param first whether it is the mail itself, or the first part of its multipart
   */
  boolean isBody(boolean first) {
    if (!contentType.equals("text/plain") && !contentType.equals("text/html")) {
      return false;
    }
    return switch (disposition.value()) {
      case "attachment" -> false;
      case "" -> true;
      default -> first || name().isEmpty();
    };
  }
}
