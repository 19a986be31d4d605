package email.daimon.functions.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.compose.CallerHeaders;
import email.daimon.compose.ComposeLimits;
import email.daimon.compose.HeaderRefusedException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Request;
import email.daimon.model.Outgoing.Conditions;
import email.daimon.model.Outgoing.UnlessReplied;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what every route of sending takes, under every name that one of the documents uses. */
final class LetterFields {
  private final Request request;
  private final Fields body;
  private final RecipientFields recipients;

  LetterFields(Request request, Fields body) {
    this.request = request;
    this.body = body;
    this.recipients = new RecipientFields(body);
  }

  /** Everything but recipients, subject and files, which each route has its own rules for. */
  Letter letter(Addressees addressees, String subject, List<FileWish> files) {
    RecipientFields.bound(body, addressees);
    return new Letter(
        addressees,
        recipients.read("reply_to"),
        subject,
        text(),
        html(),
        headers(),
        files,
        request.sendAt(body),
        conditions(),
        body.flag("allow_automatic").orElse(false));
  }

  Addressees addressees() {
    return recipients.addressees();
  }

  /** Says that {@code to} is needed where nobody stands in it. */
  void needTo(Addressees addressees) {
    if (addressees.to().isEmpty()
        && body.any("to").filter(v -> !v.isEmpty() || v.isTextual()).isEmpty()) {
      body.problem("to", "is needed");
    }
  }

  /** Says that a text is needed where there is none. */
  void needText() {
    if (text().filter(t -> !t.isEmpty()).isEmpty() && html().filter(h -> !h.isEmpty()).isEmpty()) {
      body.problem("text", "is needed, or html");
    }
  }

  Optional<String> text() {
    return body.text("text", "body", "body_text", "text_body");
  }

  Optional<String> html() {
    return body.text("html", "html_body", "body_html").filter(html -> !html.isBlank());
  }

  Optional<String> subject() {
    Optional<String> subject = body.text("subject");
    if (subject.filter(LetterFields::hasControl).isPresent()) {
      body.problem("subject", "is one line, without control characters");
    }
    if (subject.filter(given -> given.length() > ComposeLimits.SUBJECT).isPresent()) {
      body.problem("subject", "has at most " + ComposeLimits.SUBJECT + " characters");
    }
    return subject;
  }

  Optional<String> clientId() {
    return body.clientId();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = body.pairs("headers").orElse(Map.of());
    try {
      CallerHeaders.check(headers);
    } catch (HeaderRefusedException e) {
      body.problem("headers", RecipientFields.words(e));
    }
    return headers;
  }

  private Conditions conditions() {
    boolean waits =
        body.text("on_quota")
            .map(value -> {
              if (!value.equals("wait") && !value.equals("fail")) {
                body.problem("on_quota", "is wait or fail");
              }
              return value.equals("wait");
            })
            .orElse(false);
    UnlessReplied unless = unlessReplied();
    if (unless != UnlessReplied.NOBODY && body.any("send_at").isEmpty()) {
      body.problem("unless_replied", "goes with send_at");
    }
    return new Conditions(unless, waits);
  }

  private UnlessReplied unlessReplied() {
    Optional<JsonNode> value = body.any("unless_replied");
    if (value.isEmpty()) {
      return UnlessReplied.NOBODY;
    }
    if (value.get().isBoolean()) {
      return value.get().booleanValue() ? UnlessReplied.SOMEBODY : UnlessReplied.NOBODY;
    }
    if (!value.get().asText().equals("any")) {
      body.problem("unless_replied", "is true, false or \"any\"");
    }
    return UnlessReplied.ANYBODY;
  }

  /** Whether a text cannot stand on one line. */
  static boolean hasControl(String text) {
    return text.codePoints()
        .anyMatch(c ->
            Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || Character.getType(c) == Character.SURROGATE);
  }
}
