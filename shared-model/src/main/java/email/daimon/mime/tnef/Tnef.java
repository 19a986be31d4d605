package email.daimon.mime.tnef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TNEF stream (MS-OXTNEF): attributes one after the other. What is cut off or does not fit ends
 * it; what came before counts.
 */
public final class Tnef {
  private static final int SIGNATURE = 0x223E9F78;
  private static final int ATTRIBUTE_HEAD = 9;
  private static final int OF_FILE = 2;

  private static final int BODY = 0x2800C;
  private static final int CODE_PAGE = 0x69007;
  private static final int MAIL_PROPERTIES = 0x69003;
  private static final int NEXT_FILE = 0x69002;
  private static final int FILE_TITLE = 0x18010;
  private static final int FILE_DATA = 0x6800F;
  private static final int FILE_PROPERTIES = 0x69005;

  private static final int PR_BODY = 0x1000;
  private static final int PR_RTF = 0x1009;
  private static final int PR_HTML = 0x1013;
  private static final int PR_DISPLAY_NAME = 0x3001;
  private static final int PR_DATA = 0x3701;
  private static final int PR_FILE_NAME = 0x3704;
  private static final int PR_METHOD = 0x3705;
  private static final int PR_LONG_FILE_NAME = 0x3707;
  private static final int PR_MIME_TYPE = 0x370E;
  private static final int PR_CONTENT_ID = 0x3712;
  private static final int PR_INTERNET_CODE_PAGE = 0x3FDE;
  private static final int PR_CODE_PAGE = 0x3FFD;
  private static final int METHOD_MAIL = 5;

  private final byte[] bytes;
  private final int end;
  private final CodePages codePages;
  private final List<TnefFile> files = new ArrayList<>();
  private Optional<String> text = Optional.empty();
  private Optional<String> html = Optional.empty();
  private Optional<String> titled = Optional.empty();
  private int codePage;
  private Pending pending = new Pending();

  /** What is known so far of the file that is being read. */
  private static final class Pending {
    boolean begun;
    boolean filled;
    Optional<String> title = Optional.empty();
    int start;
    int end;
    Optional<MapiProperties> properties = Optional.empty();
  }

  private Tnef(byte[] bytes, int end, CodePages codePages) {
    this.bytes = bytes;
    this.end = end;
    this.codePages = codePages;
  }

  /** Reads a stream; nothing where the bytes are none. */
  public static Optional<TnefContent> read(byte[] bytes, int start, int end, CodePages codePages) {
    Bytes in = new Bytes(bytes, start, end);
    if (!in.has(6) || in.i32() != SIGNATURE) {
      return Optional.empty();
    }
    in.skip(2);
    Tnef tnef = new Tnef(bytes, end, codePages);
    while (in.has(ATTRIBUTE_HEAD)) {
      int level = in.u8();
      int id = in.i32();
      int size = in.i32();
      int from = in.at;
      boolean whole = in.has(size);
      in.skip(size);
      tnef.attribute(level, id, from, in.at);
      if (!whole) {
        break;
      }
      in.skip(2);
    }
    tnef.endFile();
    return Optional.of(new TnefContent(tnef.text.or(() -> tnef.titled), tnef.html, tnef.files));
  }

  private void attribute(int level, int id, int from, int to) {
    switch (id) {
      case CODE_PAGE -> {
        Bytes in = new Bytes(bytes, from, to);
        codePage = in.has(4) ? in.i32() : codePage;
      }
      case BODY ->
          titled = Optional.of(string(from, to)).filter(body -> !body.isBlank()).or(() -> titled);
      case MAIL_PROPERTIES -> mail(new MapiProperties(bytes, from, to));
      case NEXT_FILE -> {
        endFile();
        pending.begun = true;
      }
      case FILE_TITLE -> file().title = Optional.of(string(from, to));
      case FILE_DATA -> {
        file().start = from;
        pending.end = to;
        pending.filled = true;
      }
      case FILE_PROPERTIES -> file().properties = Optional.of(new MapiProperties(bytes, from, to));
      default -> {
        if (level == OF_FILE) {
          pending.begun = true;
        }
      }
    }
  }

  private Pending file() {
    pending.begun = true;
    return pending;
  }

  private String string(int from, int to) {
    return MapiProperties.toNul(codePages.decode(bytes, from, to - from, codePage));
  }

  private void mail(MapiProperties properties) {
    int page = properties.number(PR_CODE_PAGE, codePage);
    codePage = codePage == 0 ? page : codePage;
    text = properties.text(PR_BODY, codePages, page).filter(body -> !body.isBlank());
    int htmlPage = properties.number(PR_INTERNET_CODE_PAGE, page);
    html =
        properties
            .text(PR_HTML, codePages, htmlPage)
            .or(() ->
                properties
                    .bytes(PR_HTML)
                    .map(it -> codePages.decode(bytes, it.start(), it.length(), htmlPage)))
            .filter(body -> !body.isBlank());
    if (html.isEmpty() || text.isEmpty()) {
      properties
          .bytes(PR_RTF)
          .flatMap(it -> CompressedRtf.decompress(bytes, it.start(), it.end()))
          .map(rtf -> RtfText.of(rtf, codePages))
          .filter(found -> !found.text().isBlank())
          .ifPresent(found -> {
            if (found.html() && html.isEmpty()) {
              html = Optional.of(found.text());
            } else if (!found.html() && text.isEmpty()) {
              text = Optional.of(found.text());
            }
          });
    }
  }

  private void endFile() {
    Pending ended = pending;
    pending = new Pending();
    if (!ended.begun || files.size() >= TnefContent.MOST_FILES) {
      return;
    }
    Optional<MapiProperties> properties = ended.properties;
    Optional<MapiProperties.Value> data = properties.flatMap(it -> it.bytes(PR_DATA));
    int method = properties.map(it -> it.number(PR_METHOD, 0)).orElse(0);
    int from = ended.start;
    int to = ended.end;
    if (data.isPresent() && (to == from || method == METHOD_MAIL)) {
      from = data.get().start();
      to = data.get().end();
    } else if (!ended.filled) {
      return;
    }
    boolean mail = isTnef(from, to);
    Optional<String> name =
        named(properties, PR_LONG_FILE_NAME)
            .or(() -> ended.title)
            .or(() -> named(properties, PR_FILE_NAME))
            .or(() -> named(properties, PR_DISPLAY_NAME))
            .filter(it -> !it.isBlank());
    files.add(
        new TnefFile(
            mail ? name.map(it -> it + ".dat") : name,
            mail
                ? TnefFile.TNEF
                : named(properties, PR_MIME_TYPE).orElse("application/octet-stream"),
            named(properties, PR_CONTENT_ID),
            from,
            Math.min(to, end)));
  }

  private boolean isTnef(int from, int to) {
    Bytes in = new Bytes(bytes, from, to);
    return in.has(4) && in.i32() == SIGNATURE;
  }

  private Optional<String> named(Optional<MapiProperties> properties, int id) {
    return properties
        .flatMap(it -> it.text(id, codePages, codePage))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }
}
