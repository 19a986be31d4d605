package email.daimon.understand;

import email.daimon.mime.Automation.Sign;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Kind;
import email.daimon.model.DeliveryReport.Recipient;
import email.daimon.thread.MessageIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports of delivery in words, of servers that write no multipart/report: Exim and the old Gmail
 * (they name the recipients in X-Failed-Recipients), qmail and its kin (QSBMF). Only what a server
 * sends is read so, from the empty sender or a daemon: a person may quote such a text.
 */
final class WrittenReport {
  private static final int LONGEST_TEXT = 64 << 10;
  private static final int LONGEST_LINE = 1_000;
  private static final Pattern STATUS =
      Pattern.compile("(?<![0-9.])[245]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9.])");

  /** How the texts begin, as the programs write them. */
  private static final List<String> BEGINNINGS =
      List.of(
          "Hi. This is the ",
          "This message was created automatically by mail delivery software",
          "This message was created automatically by the mail system",
          "Sorry, we were unable to deliver your message",
          "Sorry we were unable to deliver your message",
          "I'm sorry to have to inform you that",
          "Delivery to the following recipient");

  /** What stands before the copy of the mail that is returned. */
  private static final List<String> COPIES =
      List.of(
          "------ This is a copy of",
          "--- Below this line is a copy of",
          "--- Below this line is the original",
          "----- Original message -----",
          "----- Message header follows -----",
          "--- Undelivered message follows",
          "--- Enclosed is a copy of");

  private static final List<String> DELAYS =
      List.of(
          "has not yet been delivered",
          "delivery attempts will continue",
          "this is a warning message only",
          "will be retried");

  private final Map<String, StringBuilder> found = new LinkedHashMap<>();
  private Optional<StringBuilder> diagnostic = Optional.empty();
  private boolean delayed;
  private int copy = -1;

  private WrittenReport() {}

  static Optional<DeliveryReport> of(Mail mail) {
    Set<Sign> signs = mail.automation().signs();
    if (!signs.contains(Sign.DAEMON) && !signs.contains(Sign.EMPTY_RETURN_PATH)) {
      return Optional.empty();
    }
    String whole = mail.text().orElse("");
    String text = whole.substring(0, Math.min(whole.length(), LONGEST_TEXT));
    String beginning = text.stripLeading();
    List<String> failed = mail.header("x-failed-recipients");
    if (failed.isEmpty() && BEGINNINGS.stream().noneMatch(beginning::startsWith)) {
      return Optional.empty();
    }
    WrittenReport report = new WrittenReport();
    report.read(text);
    for (String list : failed) {
      for (String address : list.split(",", DeliveryReport.MOST + 1)) {
        report.found.computeIfAbsent(
            address.strip().toLowerCase(Locale.ROOT), _ -> new StringBuilder());
      }
    }
    report.found.remove("");
    return report.found.isEmpty() ? Optional.empty() : Optional.of(report.report(mail, text));
  }

  private DeliveryReport report(Mail mail, String text) {
    return new DeliveryReport(
        Kind.DELIVERY,
        Optional.empty(),
        mail.from().stream().map(MailAddress::domain).findFirst().flatMap(WrittenReport::name),
        copy < 0 ? Optional.empty() : returnedId(text.substring(copy)),
        found.entrySet().stream()
            .limit(DeliveryReport.MOST)
            .map(one -> recipient(one.getKey(), one.getValue().toString()))
            .toList());
  }

  private Recipient recipient(String address, String words) {
    Matcher status = STATUS.matcher(words);
    return new Recipient(
        Optional.of(delayed ? "delayed" : "failed"),
        status.find() ? Optional.of(status.group()) : Optional.empty(),
        name(address),
        ReportedDelivery.cut(words, ReportedDelivery.LONGEST_DIAGNOSTIC));
  }

  private static Optional<String> name(String text) {
    return ReportedDelivery.cut(text, ReportedDelivery.LONGEST_NAME);
  }

  private void read(String text) {
    int at = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      String line = text.substring(at, Math.min(end, at + LONGEST_LINE));
      if (line.startsWith("---") && COPIES.stream().anyMatch(line::startsWith)) {
        copy = end;
        return;
      }
      line(line);
      at = end + 1;
    }
  }

  private void line(String line) {
    String words = line.strip();
    if (words.isEmpty()) {
      diagnostic = diagnostic.filter(StringBuilder::isEmpty);
      return;
    }
    String lower = words.toLowerCase(Locale.ROOT);
    delayed |= DELAYS.stream().anyMatch(lower::contains);
    Optional<String> address = address(line, words);
    if (address.isPresent()) {
      StringBuilder own = new StringBuilder();
      if (found.size() < DeliveryReport.MOST && found.putIfAbsent(address.get(), own) == null) {
        diagnostic = Optional.of(own);
      }
      return;
    }
    // The reason of Gmail comes a paragraph later.
    diagnostic
        .filter(it -> it.length() < LONGEST_LINE)
        .ifPresent(it -> it.append(it.isEmpty() ? "" : " ").append(words));
  }

  /** Of a line that is nothing but {@code <address>:}, or an address set in from the margin. */
  private static Optional<String> address(String line, String words) {
    boolean bracketed = words.startsWith("<") && words.endsWith(">:");
    boolean setIn = line.startsWith("  ") || line.startsWith("\t");
    String inside =
        bracketed
            ? words.substring(1, words.length() - 2)
            : words.endsWith(":") ? words.substring(0, words.length() - 1) : words;
    int sign = inside.indexOf('@');
    boolean address =
        (bracketed || setIn)
            && sign > 0
            && sign < inside.length() - 1
            && inside.length() <= ReportedDelivery.LONGEST_NAME
            && inside.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"');
    return address ? Optional.of(inside.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /** Of the header of the copy that follows. */
  private static Optional<String> returnedId(String copy) {
    return copy.lines()
        .filter(line -> line.regionMatches(true, 0, "message-id:", 0, 11))
        .findFirst()
        .flatMap(line -> MessageIds.all(line.substring(11)).stream().findFirst())
        .map(id -> "<" + id + ">");
  }
}
