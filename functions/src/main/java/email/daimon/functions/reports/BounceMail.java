package email.daimon.functions.reports;

import email.daimon.functions.reports.BounceAddresses.Sent;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import email.daimon.mime.ReportGroup;
import email.daimon.mime.ReportParts;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.DeliveryNews.Recipient;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report of delivery that came as mail (RFC 3464, RFC 6533): the groups of its {@code
 * message/delivery-status} part, one for each recipient.
 */
final class BounceMail {
  private static final int LONGEST_WORDS = 1_000;

  private BounceMail() {}

  /** What happened to one recipient, before it is put with the others. */
  private record Happened(Kind kind, boolean permanent, String detail) {}

  /** Reads a mail; nothing where it is no such report. The stream is not closed. */
  static List<DeliveryNews> read(InputStream raw, Sent sent, Instant at) {
    ReportParts parts = new ReportParts(AttachmentSink.NONE);
    var _ = MailParser.parse(raw, parts);
    Map<Happened, List<Recipient>> all = new LinkedHashMap<>();
    for (ReportGroup group : parts.groups()) {
      happened(group)
          .ifPresent(happened ->
              recipient(group, sent.recipients())
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

  private static Optional<Happened> happened(ReportGroup group) {
    String action = group.word("action");
    String status = group.word("status");
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
  private static Optional<Recipient> recipient(ReportGroup group, List<String> known) {
    List<String> named = new ArrayList<>();
    for (String name : List.of("original-recipient", "final-recipient")) {
      group.untyped(name).ifPresent(named::add);
    }
    Optional<String> address =
        named.stream()
            .flatMap(one -> known.stream().filter(one::equalsIgnoreCase))
            .findFirst()
            .or(() -> known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty());
    Diagnostic diagnostic = Diagnostic.of(group.value("diagnostic-code").orElse(""));
    Optional<String> reason =
        diagnostic
            .words()
            .or(() -> group.value("status"))
            .map(words -> words.substring(0, Math.min(words.length(), LONGEST_WORDS)));
    return address.map(one -> new Recipient(one, diagnostic.smtpCode(), reason));
  }
}
