package email.daimon.functions.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.functions.reports.BounceAddresses.Sent;
import email.daimon.mime.AttachmentHead;
import email.daimon.mime.MailParser;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.DeliveryNews.Recipient;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A report of delivery that came as mail (RFC 3464, RFC 6533): the groups of its {@code
 * message/delivery-status} part, one for each recipient.
 */
final class BounceMail {
  private static final int LARGEST_REPORT = 256 * 1024;
  private static final int LONGEST_WORDS = 1_000;

  private BounceMail() {}

  /** What happened to one recipient, before it is put with the others. */
  private record Happened(Kind kind, boolean permanent, String detail) {}

  /** Reads a mail; nothing where it is no such report. The stream is not closed. */
  static List<DeliveryNews> read(InputStream raw, Sent sent, Instant at) {
    Report report = new Report();
    var _ = MailParser.parse(raw, report::open);
    Map<Happened, List<Recipient>> all = new LinkedHashMap<>();
    for (Map<String, String> fields : groups(report.text())) {
      happened(fields)
          .ifPresent(happened ->
              recipient(fields, sent.recipients())
                  .ifPresent(
                      one -> all.computeIfAbsent(happened, _ -> new ArrayList<>()).add(one)));
    }
    return all.entrySet().stream()
        .map(entry ->
            new DeliveryNews(
                entry.getKey().kind(),
                sent.tags(),
                at,
                Optional.empty(),
                Optional.empty(),
                entry.getValue(),
                entry.getKey().permanent(),
                entry.getKey().detail()))
        .toList();
  }

  private static Optional<Happened> happened(Map<String, String> fields) {
    String action = word(fields.getOrDefault("action", ""));
    String status = word(fields.getOrDefault("status", ""));
    return switch (action) {
      // A report that gives up after days of trying names the last try: 4.x.x.
      case "failed" ->
          Optional.of(
              new Happened(
                  Kind.BOUNCE,
                  status.startsWith("5."),
                  (status.startsWith("5.") ? "Permanent/" : "Transient/") + status));
      case "delayed" -> Optional.of(new Happened(Kind.DELAY, false, status));
      case "delivered", "relayed", "expanded" ->
          Optional.of(new Happened(Kind.DELIVERY, false, status));
      default -> Optional.empty();
    };
  }

  /** The recipient as we know it: servers on the way may have written another. */
  private static Optional<Recipient> recipient(Map<String, String> fields, List<String> known) {
    List<String> named = new ArrayList<>();
    for (String name : List.of("original-recipient", "final-recipient")) {
      Optional.ofNullable(fields.get(name)).map(BounceMail::address).ifPresent(named::add);
    }
    Optional<String> address =
        named.stream()
            .flatMap(one -> known.stream().filter(one::equalsIgnoreCase))
            .findFirst()
            .or(() -> known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty());
    Diagnostic diagnostic = Diagnostic.of(fields.getOrDefault("diagnostic-code", ""));
    Optional<String> reason =
        diagnostic
            .words()
            .or(() -> Optional.ofNullable(fields.get("status")))
            .map(words -> words.substring(0, Math.min(words.length(), LONGEST_WORDS)));
    return address.map(one -> new Recipient(one, diagnostic.smtpCode(), reason));
  }

  /** Behind the type: {@code rfc822; ann@example.com}. */
  private static String address(String value) {
    String address = value.substring(value.indexOf(';') + 1).strip();
    return address.startsWith("<") && address.endsWith(">")
        ? address.substring(1, address.length() - 1)
        : address;
  }

  private static String word(String value) {
    return value.strip().split("[\\s(]", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** Groups of fields, unfolded, by lower-case names; the first is about the whole mail. */
  private static List<Map<String, String>> groups(String text) {
    List<Map<String, String>> groups = new ArrayList<>();
    for (String block :
        text.replace("\r\n", "\n").replaceAll("\n(?=[ \t])", "").split("\n\\s*\n")) {
      Map<String, String> fields = new HashMap<>();
      for (String line : block.split("\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.putIfAbsent(
              line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip());
        }
      }
      groups.add(fields);
    }
    return groups;
  }

  /** Keeps the parts that are reports, and lets the rest go. */
  private static final class Report {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    OutputStream open(AttachmentHead head) {
      return switch (head.contentType()) {
        case "message/delivery-status", "message/global-delivery-status" -> {
          bytes.writeBytes("\n\n".getBytes(UTF_8));
          yield bounded();
        }
        default -> OutputStream.nullOutputStream();
      };
    }

    String text() {
      return bytes.toString(UTF_8);
    }

    private OutputStream bounded() {
      return new OutputStream() {
        @Override
        public void write(int b) {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          bytes.write(source, offset, Math.min(length, LARGEST_REPORT - bytes.size()));
        }
      };
    }
  }
}
