package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.CalendarEvent;
import email.daimon.model.Findings;
import email.daimon.model.HiddenText;
import email.daimon.model.Injection;
import email.daimon.model.LinkDetail;
import email.daimon.model.MailParts;
import email.daimon.model.Protection;
import email.daimon.model.ReplyParts;
import email.daimon.model.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was found in the texts of a mail, as the API shows it and as it is stored. */
public final class FindingsJson {
  private FindingsJson() {}

  /** Adds all but the visible text, which is cut like the other texts. */
  public static void add(ObjectNode json, Findings findings) {
    ReplyParts reply = findings.reply();
    json.set("reply_html", Json.text(reply.html()));
    json.put("reply_of", reply.of());
    json.put("reply_rule", reply.rule());
    json.put("reply_confidence", reply.confidence());
    json.set("quoted", spans(reply.quoted()));
    json.set("signature", spans(reply.signature()));
    json.set("forwarded", spans(reply.forwarded()));
    ArrayNode links = json.putArray("link_details");
    findings.links().forEach(link -> links.add(link(link)));
    addMarks(json, findings);
  }

  /** Adds what is hidden and what tries to instruct a machine. */
  public static void addMarks(ObjectNode json, Findings findings) {
    ArrayNode hidden = json.putArray("hidden");
    findings.hidden().forEach(one -> hidden.add(hidden(one)));
    ArrayNode injections = json.putArray("injection");
    findings.injections().forEach(one -> injections.add(injection(one)));
    json.put("protection", findings.parts().protection().wireName());
    ArrayNode calendar = json.putArray("calendar");
    findings.parts().calendar().forEach(event -> calendar.add(CalendarJson.of(event)));
  }

  /** Reads what {@link #add} wrote; what is missing is empty. */
  public static Findings read(JsonNode json, String visibleText) {
    List<LinkDetail> links = new ArrayList<>();
    json.path("link_details").forEach(one -> links.add(link(one)));
    List<HiddenText> hidden = new ArrayList<>();
    json.path("hidden").forEach(one -> hidden.add(hidden(one)));
    List<Injection> injections = new ArrayList<>();
    json.path("injection").forEach(one -> injections.add(injection(one)));
    ReplyParts reply =
        new ReplyParts(
            json.path("reply_of").asText("text_body"),
            json.path("reply_rule").asText("none"),
            json.path("reply_confidence").asDouble(1),
            spans(json.path("quoted")),
            spans(json.path("signature")),
            spans(json.path("forwarded")),
            text(json, "reply_html"));
    List<CalendarEvent> calendar = new ArrayList<>();
    json.path("calendar").forEach(one -> calendar.add(CalendarJson.read(one)));
    MailParts parts =
        new MailParts(Protection.valueOf(upper(json.path("protection").asText("none"))), calendar);
    return new Findings(visibleText, reply, links, hidden, injections, parts);
  }

  private static ObjectNode link(LinkDetail link) {
    ObjectNode json = Json.object();
    json.put("url", link.url());
    json.put("text", link.text());
    json.put("kind", link.kind().wireName());
    json.put("score", link.score());
    json.put("cta", link.score() > LinkDetail.WANTED);
    json.put("host", link.host());
    json.put("domain", link.domain());
    json.put("mismatch", link.mismatch());
    json.put("tracking", link.tracking());
    json.set("unwrapped", Json.text(link.unwrapped()));
    json.set("suspicion", Json.text(link.suspicion()));
    return json;
  }

  private static LinkDetail link(JsonNode json) {
    return new LinkDetail(
        json.path("url").asText(),
        json.path("text").asText(),
        LinkDetail.Kind.valueOf(upper(json.path("kind").asText("other"))),
        json.path("score").asInt(),
        json.path("host").asText(),
        json.path("domain").asText(),
        json.path("mismatch").asBoolean(),
        json.path("tracking").asBoolean(),
        text(json, "unwrapped"),
        text(json, "suspicion"));
  }

  private static ObjectNode hidden(HiddenText hidden) {
    ObjectNode json = Json.object();
    json.put("kind", hidden.kind());
    json.put("in", hidden.in());
    json.set("span", span(hidden.span()));
    json.put("text", hidden.text());
    return json;
  }

  private static HiddenText hidden(JsonNode json) {
    return new HiddenText(
        json.path("kind").asText(),
        json.path("in").asText(),
        span(json.path("span")),
        json.path("text").asText());
  }

  private static ObjectNode injection(Injection injection) {
    ObjectNode json = Json.object();
    json.put("kind", injection.kind());
    json.put("in", injection.in());
    json.set("span", span(injection.span()));
    json.put("severity", injection.severity().wireName());
    json.put("rule", injection.rule());
    json.put("text", injection.text());
    return json;
  }

  private static Injection injection(JsonNode json) {
    return new Injection(
        json.path("kind").asText(),
        json.path("in").asText(),
        span(json.path("span")),
        Injection.Severity.valueOf(upper(json.path("severity").asText("low"))),
        json.path("rule").asText(),
        json.path("text").asText());
  }

  private static ArrayNode spans(List<TextSpan> spans) {
    ArrayNode array = Json.array();
    spans.forEach(span -> array.add(span(span)));
    return array;
  }

  private static List<TextSpan> spans(JsonNode array) {
    List<TextSpan> spans = new ArrayList<>();
    array.forEach(one -> spans.add(span(one)));
    return spans;
  }

  private static ObjectNode span(TextSpan span) {
    return Json.object().put("start", span.start()).put("end", span.end());
  }

  private static TextSpan span(JsonNode json) {
    return new TextSpan(json.path("start").asInt(), json.path("end").asInt());
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
