package email.daimon.understand;

import email.daimon.mime.Automation;
import email.daimon.mime.Mail;
import email.daimon.mime.ReportGroup;
import email.daimon.mime.ReportParts;
import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Recipient;
import email.daimon.model.TextCut;
import email.daimon.thread.MessageIds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a mail reports of a delivery, each word of it cut to what it may need. */
public final class ReportedDelivery {
  private static final Set<String> ACTIONS =
      Set.of("failed", "delayed", "delivered", "relayed", "expanded");
  private static final Pattern STATUS = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
  private static final int LONGEST_NAME = 320;
  private static final int LONGEST_DIAGNOSTIC = 500;

  private ReportedDelivery() {}

  /**
   * The report that a mail is; empty where it is none. A mail is one if it is a multipart/report
   * whose {@code report-type} is delivery-status, or is not given while it has such a part.
   *
   * @param parts what was kept of the mail when it was read
   */
  public static Optional<DeliveryReport> of(Mail mail, ReportParts parts) {
    Automation automation = mail.automation();
    if (!automation.signs().contains(Automation.Sign.REPORT)) {
      return Optional.empty();
    }
    List<ReportGroup> groups =
        parts.groups().stream().filter(group -> !group.fields().isEmpty()).toList();
    boolean ofDelivery =
        automation.reportType().map("delivery-status"::equals).orElse(!groups.isEmpty());
    if (!ofDelivery) {
      return Optional.empty();
    }
    List<Recipient> recipients =
        groups.stream()
            .filter(ReportedDelivery::isOfRecipient)
            .limit(DeliveryReport.MOST)
            .map(ReportedDelivery::recipient)
            .toList();
    return Optional.of(
        new DeliveryReport(
            groups.stream()
                .flatMap(group -> group.untyped("reporting-mta").stream())
                .findFirst()
                .flatMap(name -> cut(name, LONGEST_NAME)),
            originalId(parts, groups).map(id -> "<" + id + ">"),
            recipients));
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

  private static Optional<String> cut(String text, int bytes) {
    return Optional.of(TextCut.head(text.replaceAll("\\s+", " ").strip(), bytes))
        .filter(words -> !words.isEmpty());
  }
}
