package email.daimon.understand.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail that hides text, speaks to machines, or does neither.
 *
 * @param kind class of the corpus
 * @param harmless nothing in it tries to instruct a machine
 * @param eml its bytes are those of its UTF-8
 * @param hidden what a reader would not see
 * @param visible some of what a reader sees
 */
public record UnseenTextCase(
    String id,
    String language,
    String kind,
    boolean harmless,
    String eml,
    List<Hidden> hidden,
    List<String> visible,
    List<Instruction> injections) {

  /** A text that must not be visible. */
  public record Hidden(String kind, String text) {}

  /**
   * A text that instructs a machine.
   *
   * @param decoded what the characters spell
   */
  public record Instruction(String where, String text, String severity, String decoded) {}

  /** Reads one line of the corpus. */
  public static UnseenTextCase of(String line) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("no line of the corpus", broken);
    }
    List<Hidden> hidden = new ArrayList<>();
    json.path("hidden")
        .forEach(it -> hidden.add(new Hidden(it.path("kind").asText(), it.path("text").asText())));
    List<String> visible = new ArrayList<>();
    json.path("visible").forEach(it -> visible.add(it.asText()));
    List<Instruction> injections = new ArrayList<>();
    json.path("injection")
        .forEach(it ->
            injections.add(
                new Instruction(
                    it.path("where").asText(),
                    it.path("text").asText(),
                    it.path("severity").asText(),
                    it.path("decoded").asText(it.path("text").asText()))));
    return new UnseenTextCase(
        json.path("id").asText(),
        json.path("lang").asText(),
        json.path("class").asText(),
        json.path("harmless").asBoolean(),
        json.path("eml").asText(),
        hidden,
        visible,
        injections);
  }

  /** The mail, parsed. */
  public Mail mail() {
    return MailParser.parse(new ByteArrayInputStream(eml.getBytes(UTF_8)), AttachmentSink.NONE);
  }
}
