package email.daimon.functions.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Attachment;
import email.daimon.model.Findings;
import email.daimon.model.ListForm;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.wire.AuthenticationJson;
import email.daimon.wire.FindingsJson;
import email.daimon.wire.ForwardedMailJson;
import email.daimon.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Documents and list forms as JSON. Unknown fields are passed over, missing ones are empty. */
final class DocumentJson {
  private static final ObjectNode NOTHING = found(Findings.NONE);

  private DocumentJson() {}

  static void write(JsonGenerator out, StoredDocument stored) throws IOException {
    MessageDocument document = stored.document();
    out.writeStartObject();
    out.writeStringField("text", document.textBody());
    out.writeStringField("textFrom", document.textFrom());
    if (document.htmlBody().isPresent()) {
      out.writeStringField("html", document.htmlBody().get());
    }
    out.writeStringField("reply", document.replyBody());
    texts(out, "links", document.links());
    texts(out, "ctaLinks", document.ctaLinks());
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<String>> field : document.headers().entrySet()) {
      texts(out, field.getKey(), field.getValue());
    }
    out.writeEndObject();
    recipients(out, document.recipients());
    texts(out, "replyTo", document.replyTo());
    texts(out, "inReplyTo", document.inReplyTo());
    texts(out, "references", document.references());
    texts(out, "truncated", stored.truncated());
    Findings findings = document.findings();
    // Most mails say nothing else to the eye than in their text.
    if (!findings.visibleText().equals(document.textBody())) {
      out.writeStringField("visible", findings.visibleText());
    }
    ObjectNode found = found(findings);
    if (!found.equals(NOTHING)) {
      tree(out, "findings", found);
    }
    if (document.authentication().isPresent()) {
      tree(out, "authentication", AuthenticationJson.of(document.authentication().get()));
    }
    if (!stored.files().isEmpty()) {
      files(out, stored.files());
    }
    out.writeEndObject();
  }

  static void write(JsonGenerator out, ListForm form) throws IOException {
    out.writeStartObject();
    out.writeStringField("text", form.textBody());
    out.writeStringField("textFrom", form.textFrom());
    out.writeStringField("reply", form.replyBody());
    texts(out, "links", form.links());
    texts(out, "ctaLinks", form.ctaLinks());
    recipients(out, form.recipients());
    texts(out, "replyTo", form.replyTo());
    texts(out, "inReplyTo", form.inReplyTo());
    texts(out, "references", form.references());
    texts(out, "truncated", form.truncated());
    out.writeEndObject();
  }

  static StoredDocument document(JsonNode json) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    json.path("headers").properties().forEach(f -> headers.put(f.getKey(), texts(f.getValue())));
    MessageDocument document =
        new MessageDocument(
            json.path("text").asText(),
            json.path("textFrom").asText("text"),
            json.has("html") ? Optional.of(json.path("html").asText()) : Optional.empty(),
            json.path("reply").asText(),
            texts(json.path("links")),
            texts(json.path("ctaLinks")),
            headers,
            recipients(json),
            texts(json.path("replyTo")),
            texts(json.path("inReplyTo")),
            texts(json.path("references")),
            FindingsJson.read(
                json.path("findings"), json.path("visible").asText(json.path("text").asText())),
            AuthenticationJson.read(json.path("authentication")));
    return new StoredDocument(
        document, Set.copyOf(texts(json.path("truncated"))), files(json.path("files")));
  }

  static ListForm listForm(JsonNode json) {
    return new ListForm(
        json.path("text").asText(),
        json.path("textFrom").asText("text"),
        json.path("reply").asText(),
        texts(json.path("links")),
        texts(json.path("ctaLinks")),
        recipients(json),
        texts(json.path("replyTo")),
        texts(json.path("inReplyTo")),
        texts(json.path("references")),
        Set.copyOf(texts(json.path("truncated"))));
  }

  private static ObjectNode found(Findings findings) {
    ObjectNode json = Json.object();
    FindingsJson.add(json, findings);
    return json;
  }

  private static void tree(JsonGenerator out, String name, JsonNode tree) throws IOException {
    out.writeFieldName(name);
    Json.write(out, tree);
  }

  private static void texts(JsonGenerator out, String name, Collection<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private static void recipients(JsonGenerator out, List<Recipient> recipients) throws IOException {
    out.writeArrayFieldStart("recipients");
    for (Recipient recipient : recipients) {
      out.writeStartObject();
      out.writeStringField("address", recipient.address());
      out.writeStringField("name", recipient.name());
      out.writeStringField("kind", recipient.kind());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static List<Recipient> recipients(JsonNode json) {
    List<Recipient> recipients = new ArrayList<>();
    json.path("recipients")
        .forEach(recipient ->
            recipients.add(
                new Recipient(
                    recipient.path("address").asText(),
                    recipient.path("name").asText(),
                    recipient.path("kind").asText())));
    return recipients;
  }

  private static void files(JsonGenerator out, List<Attachment> files) throws IOException {
    out.writeArrayFieldStart("files");
    for (Attachment file : files) {
      out.writeStartObject();
      out.writeStringField("number", file.id());
      out.writeStringField("filename", file.filename());
      out.writeStringField("contentType", file.contentType());
      out.writeNumberField("size", file.size());
      out.writeStringField("sha256", file.sha256());
      if (file.contentId().isPresent()) {
        out.writeStringField("contentId", file.contentId().get());
      }
      out.writeBooleanField("inline", file.inline());
      if (file.container().isPresent()) {
        out.writeStringField("container", file.container().get());
      }
      if (file.forwarded().isPresent()) {
        tree(out, "forwarded", ForwardedMailJson.of(file.forwarded().get()));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static List<Attachment> files(JsonNode array) {
    List<Attachment> files = new ArrayList<>();
    array.forEach(file ->
        files.add(
            new Attachment(
                file.path("number").asText(),
                file.path("filename").asText(),
                file.path("contentType").asText(),
                file.path("size").asLong(),
                file.path("sha256").asText(),
                file.has("contentId")
                    ? Optional.of(file.path("contentId").asText())
                    : Optional.empty(),
                file.path("inline").asBoolean(),
                file.has("container")
                    ? Optional.of(file.path("container").asText())
                    : Optional.empty(),
                file.has("forwarded")
                    ? Optional.of(ForwardedMailJson.read(file.path("forwarded")))
                    : Optional.empty())));
    return files;
  }
}
