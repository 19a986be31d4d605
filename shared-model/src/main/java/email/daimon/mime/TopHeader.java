package email.daimon.mime;

import email.daimon.thread.MessageIds;
import email.daimon.thread.References;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the top header block of a mail says. */
final class TopHeader {
  private static final Set<String> AUTOMATIC_PRECEDENCE =
      Set.of("bulk", "list", "junk", "auto_reply");
  private static final Set<String> SINGLETONS =
      Set.of("subject", "date", "message-id", "sender", "reply-to", "in-reply-to", "references");

  private final HeaderBlock block;
  private final Warnings warnings;
  private final Map<String, List<String>> shown = new LinkedHashMap<>();
  private final Map<String, Integer> first = new LinkedHashMap<>();

  TopHeader(HeaderBlock block, Warnings warnings) {
    this.block = block;
    this.warnings = warnings;
    int characters = 0;
    for (int field = 0; field < block.size(); field++) {
      String name = block.name(field);
      if (first.putIfAbsent(name, field) != null) {
        repeated(name);
      }
      if (field >= Bounds.SHOWN_FIELDS || characters > Bounds.SHOWN_HEADERS) {
        warnings.raise(Warning.HEADERS_TRUNCATED);
        continue;
      }
      String value = block.text(field);
      characters += name.length() + value.length();
      shown.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
  }

  private void repeated(String name) {
    if (name.equals("from")) {
      warnings.raise(Warning.TWO_FROM_FIELDS);
    } else if (SINGLETONS.contains(name)) {
      warnings.raise(Warning.REPEATED_FIELD);
    }
  }

  Map<String, List<String>> shown() {
    Map<String, List<String>> copy = new LinkedHashMap<>(shown);
    copy.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(copy);
  }

  private Optional<String> text(String name) {
    return raw(name).map(HeaderText::decode);
  }

  private Optional<String> raw(String name) {
    Integer field = first.get(name);
    return field == null ? Optional.empty() : Optional.of(block.raw(field));
  }

  String subject() {
    return text("subject").orElse("");
  }

  Optional<Instant> date() {
    return raw("date").flatMap(MailDate::parse);
  }

  /** Of the first field of that name. */
  List<MailAddress> addresses(String name) {
    return raw(name).map(value -> AddressList.parse(value, warnings)).orElse(List.of());
  }

  /** Of all fields of that name. */
  List<MailAddress> allAddresses(String name) {
    List<MailAddress> all = new ArrayList<>();
    for (int field = first.getOrDefault(name, -1);
        field >= 0;
        field = block.find(name, field + 1)) {
      all.addAll(AddressList.parse(block.raw(field), warnings));
      if (all.size() > Bounds.ADDRESSES) {
        warnings.raise(Warning.TOO_MANY_ADDRESSES);
        return all.subList(0, Bounds.ADDRESSES);
      }
    }
    return all;
  }

  Optional<String> messageId() {
    return text("message-id").flatMap(value -> MessageIds.all(value).stream().findFirst());
  }

  List<String> inReplyTo() {
    List<String> ids = text("in-reply-to").map(MessageIds::all).orElse(List.of());
    return ids.size() > Bounds.REFERENCES ? ids.subList(0, Bounds.REFERENCES) : ids;
  }

  List<String> references() {
    List<String> ids = text("references").map(MessageIds::all).orElse(List.of());
    if (ids.size() > Bounds.REFERENCES) {
      warnings.raise(Warning.TOO_MANY_REFERENCES);
    }
    return References.bounded(ids, Bounds.REFERENCES);
  }

  Transit transit() {
    int received = 0;
    int receivedAboveResults = 0;
    int results = first.getOrDefault("authentication-results", Integer.MAX_VALUE);
    for (int field = first.getOrDefault("received", -1);
        field >= 0;
        field = block.find("received", field + 1)) {
      received++;
      receivedAboveResults += field < results ? 1 : 0;
    }
    if (received > Bounds.RECEIVED) {
      warnings.raise(Warning.MAIL_LOOP);
    }
    Optional<String> believed =
        receivedAboveResults > 1
            ? Optional.empty()
            : text("authentication-results").filter(TopHeader::isOfSes);
    return new Transit(returnPath(), received, believed);
  }

  private static boolean isOfSes(String results) {
    int semicolon = results.indexOf(';');
    String server = semicolon < 0 ? results : results.substring(0, semicolon);
    return server.strip().equalsIgnoreCase("amazonses.com");
  }

  private Optional<String> returnPath() {
    return raw("return-path")
        .map(value ->
            AddressList.parse(value, warnings).stream()
                .findFirst()
                .map(MailAddress::address)
                .orElse(""));
  }

  Automation automation(PartHeader part, Transit transit, List<MailAddress> from) {
    Set<Automation.Sign> signs = EnumSet.noneOf(Automation.Sign.class);
    if (transit.returnPath().filter(String::isEmpty).isPresent()) {
      signs.add(Automation.Sign.EMPTY_RETURN_PATH);
    }
    if (keyword("auto-submitted").filter(word -> !word.equals("no")).isPresent()) {
      signs.add(Automation.Sign.AUTO_SUBMITTED);
    }
    if (part.contentType().equals("multipart/report")) {
      signs.add(Automation.Sign.REPORT);
    }
    if (keyword("precedence").filter(AUTOMATIC_PRECEDENCE::contains).isPresent()) {
      signs.add(Automation.Sign.PRECEDENCE);
    }
    if (first.containsKey("x-autoreply")) {
      signs.add(Automation.Sign.AUTOREPLY);
    }
    if (first.containsKey("x-auto-response-suppress")) {
      signs.add(Automation.Sign.RESPONSE_SUPPRESS);
    }
    if (first.containsKey("list-id")) {
      signs.add(Automation.Sign.LIST);
    }
    if (from.stream().anyMatch(TopHeader::isDaemon)) {
      signs.add(Automation.Sign.DAEMON);
    }
    return new Automation(signs, part.reportType());
  }

  private Optional<String> keyword(String name) {
    return raw(name).map(value -> new Parameters(value).value()).filter(word -> !word.isEmpty());
  }

  private static boolean isDaemon(MailAddress author) {
    String address = author.address().toLowerCase(Locale.ROOT);
    return address.startsWith("mailer-daemon@")
        || address.startsWith("postmaster@")
        || address.equals("mailer-daemon")
        || address.equals("postmaster");
  }
}
