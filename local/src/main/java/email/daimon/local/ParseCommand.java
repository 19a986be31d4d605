package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.wire.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code ./daimon parse}: what the platform understands of a mail, as the API's message JSON. */
public final class ParseCommand {
  private static final String HELP =
      """
      ./daimon parse FILE...     what the platform understands of each mail, as JSON
      ./daimon parse --batch     JSON Lines on stdin: {"id", "eml_b64"} or {"id", "kind": "text" or "html", "input"};
                                 one object a line out: {"id", "ok": true, "message"} or {"id", "ok": false, "error"}
      """;

  private ParseCommand() {}

  /** Exits with 1 where a file could not be read, with 2 where it was called wrongly. */
  public static void main(String[] line) throws IOException {
    PrintStream out = new PrintStream(System.out, false, UTF_8);
    List<String> words = List.of(line);
    if (words.equals(List.of("--help"))) {
      out.print(HELP);
      out.flush();
    } else if (words.equals(List.of("--batch"))) {
      batch(System.in, out);
    } else if (words.isEmpty() || words.stream().anyMatch(word -> word.startsWith("--"))) {
      System.err.print(HELP);
      System.exit(2);
    } else if (!files(words, out, System.err)) {
      System.exit(1);
    }
  }

  /** Whether all could be read. */
  static boolean files(List<String> files, PrintStream out, PrintStream trouble) {
    boolean all = true;
    for (String file : files) {
      try (InputStream raw = Files.newInputStream(Path.of(file))) {
        out.println(ParsedMessage.ofMail(raw).toPrettyString());
      } catch (NoSuchFileException _) {
        trouble.println("daimon: there is no file " + file);
        all = false;
      } catch (IOException e) {
        trouble.println("daimon: cannot read " + file + ": " + e.getMessage());
        all = false;
      }
    }
    out.flush();
    return all;
  }

  /** Answers line by line until the input ends. */
  static void batch(InputStream in, PrintStream out) throws IOException {
    ObjectMapper json = new ObjectMapper();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        out.println(Json.text(answer(json, line)));
        out.flush();
      }
    }
  }

  private static ObjectNode answer(ObjectMapper json, String line) {
    ObjectNode answer = Json.object().putNull("id");
    try {
      JsonNode asked = json.readTree(line);
      if (asked.has("id")) {
        answer.set("id", asked.get("id"));
      }
      ObjectNode message = message(asked);
      answer.put("ok", true).set("message", message);
      return answer;
    } catch (IOException | IllegalArgumentException e) {
      return failed(answer, e);
    } catch (RuntimeException | StackOverflowError e) {
      // One mail that defeats the parser must not end the batch.
      return failed(answer, e);
    }
  }

  private static ObjectNode failed(ObjectNode answer, Throwable e) {
    return answer.put("ok", false).put("error", e.toString());
  }

  private static ObjectNode message(JsonNode asked) {
    if (asked.path("eml_b64").isTextual()) {
      byte[] raw = Base64.getMimeDecoder().decode(asked.get("eml_b64").textValue());
      return ParsedMessage.ofMail(new ByteArrayInputStream(raw));
    }
    Optional<String> input =
        Optional.ofNullable(asked.get("input"))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue);
    String kind = asked.path("kind").asText();
    if (input.isEmpty() || !(kind.equals("text") || kind.equals("html"))) {
      throw new IllegalArgumentException("a line has eml_b64, or kind (text or html) and input");
    }
    return kind.equals("text")
        ? ParsedMessage.ofText(input, Optional.empty())
        : ParsedMessage.ofText(Optional.empty(), input);
  }
}
