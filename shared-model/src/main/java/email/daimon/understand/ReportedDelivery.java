package email.daimon.understand;

import email.daimon.mime.Automation;
import email.daimon.mime.Mail;
import email.daimon.mime.ReportGroup;
import email.daimon.mime.ReportParts;
import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Kind;
import email.daimon.model.DeliveryReport.Recipient;
import email.daimon.model.TextCut;
import email.daimon.thread.MessageIds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a mail reports of another, each word of it cut to what it may need. */
public final class ReportedDelivery {
  private static final Set<String> ACTIONS =
      Set.of("failed", "delayed", "delivered", "relayed", "expanded");
  private static final Pattern STATUS = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
  static final int LONGEST_NAME = 320;
  private static final int LONGEST_TYPE = 40;
  static final int LONGEST_DIAGNOSTIC = 500;

  private ReportedDelivery() {}

  /**
   * The report that a mail is; empty where it is none. A mail is one if it is a multipart/report
   * whose {@code report-type} says so, or is not given while it has such a part; or if a server
   * wrote it that reports in words ({@link WrittenReport}).
   *
   * @param parts what was kept of the mail when it was read
   */
  public static Optional<DeliveryReport> of(Mail mail, ReportParts parts) {
    Automation automation = mail.automation();
    if (!automation.signs().contains(Automation.Sign.REPORT)) {
      return WrittenReport.of(mail);
    }
    List<ReportGroup> groups = filled(parts.groups());
    List<ReportGroup> dispositions = filled(parts.dispositions());
    List<ReportGroup> feedback = filled(parts.feedback());
    return switch (automation.reportType().orElse("")) {
      case "delivery-status" -> Optional.of(delivery(parts, groups));
      case "disposition-notification" -> Optional.of(disposition(parts, dispositions));
      case "feedback-report" -> Optional.of(feedback(parts, feedback));
      case "" -> {
        if (!groups.isEmpty()) {
          yield Optional.of(delivery(parts, groups));
        }
        if (!dispositions.isEmpty()) {
          yield Optional.of(disposition(parts, dispositions));
        }
        yield feedback.isEmpty() ? WrittenReport.of(mail) : Optional.of(feedback(parts, feedback));
      }
      default -> Optional.empty();
    };
  }

  private static List<ReportGroup> filled(List<ReportGroup> groups) {
    return groups.stream().filter(group -> !group.fields().isEmpty()).toList();
  }

  private static DeliveryReport delivery(ReportParts parts, List<ReportGroup> groups) {
    return report(
        Kind.DELIVERY,
        Optional.empty(),
        first(groups, "reporting-mta"),
        parts,
        groups,
        groups.stream()
            .filter(ReportedDelivery::isOfRecipient)
            .limit(DeliveryReport.MOST)
            .map(ReportedDelivery::recipient)
            .toList());
  }

  /** {@code Disposition: manual-action/MDN-sent-manually; displayed}. */
  private static DeliveryReport disposition(ReportParts parts, List<ReportGroup> groups) {
    Optional<String> type =
        first(groups, "disposition")
            .map(words -> words.split("[/,\\s]", 2)[0].toLowerCase(Locale.ROOT));
    return report(
        Kind.DISPOSITION,
        type,
        first(groups, "reporting-ua").map(agent -> agent.split(";", 2)[0]),
        parts,
        groups,
        addresses(groups, "final-recipient"));
  }

  private static DeliveryReport feedback(ReportParts parts, List<ReportGroup> groups) {
    return report(
        Kind.FEEDBACK,
        first(groups, "feedback-type").map(words -> words.toLowerCase(Locale.ROOT)),
        first(groups, "reporting-mta").or(() -> first(groups, "user-agent")),
        parts,
        groups,
        addresses(groups, "original-rcpt-to"));
  }

  private static List<Recipient> addresses(List<ReportGroup> groups, String field) {
    return groups.stream()
        .flatMap(group -> group.untyped(field).stream())
        .flatMap(address -> cut(address, LONGEST_NAME).stream())
        .limit(DeliveryReport.MOST)
        .map(address ->
            new Recipient(
                Optional.empty(), Optional.empty(), Optional.of(address), Optional.empty()))
        .toList();
  }

  private static DeliveryReport report(
      Kind kind,
      Optional<String> type,
      Optional<String> reporter,
      ReportParts parts,
      List<ReportGroup> groups,
      List<Recipient> recipients) {
    return new DeliveryReport(
        kind,
        type.flatMap(words -> cut(words, LONGEST_TYPE)),
        reporter.flatMap(name -> cut(name, LONGEST_NAME)),
        originalId(parts, groups).map(id -> "<" + id + ">"),
        recipients);
  }

  private static Optional<String> first(List<ReportGroup> groups, String field) {
    return groups.stream().flatMap(group -> group.untyped(field).stream()).findFirst();
  }

  private static boolean isOfRecipient(ReportGroup group) {
    return Stream.of("final-recipient", "action").anyMatch(group.fields()::containsKey);
  }

  private static Recipient recipient(ReportGroup group) {
    return new Recipient(
        Optional.of(group.word("action")).filter(ACTIONS::contains),
        Optional.of(group.word("status")).filter(status -> STATUS.matcher(status).matches()),
        group.untyped("final-recipient").flatMap(address -> cut(address, LONGEST_NAME)),
        group.value("diagnostic-code").flatMap(words -> cut(words, LONGEST_DIAGNOSTIC)));
  }

  /** Of the mail that is returned; where none is, some servers name it among the fields. */
  private static Optional<String> originalId(ReportParts parts, List<ReportGroup> groups) {
    return parts
        .returnedId()
        .or(() ->
            groups.stream()
                .flatMap(group ->
                    group
                        .value("x-original-message-id")
                        .or(() -> group.value("original-message-id"))
                        .stream())
                .flatMap(value -> MessageIds.all(value).stream())
                .findFirst());
  }

  static Optional<String> cut(String text, int bytes) {
    return Optional.of(TextCut.head(text.replaceAll("\\s+", " ").strip(), bytes))
        .filter(words -> !words.isEmpty());
  }
}
