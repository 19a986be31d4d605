package email.daimon.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.admin.AdminException;
import email.daimon.functions.admin.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * {@code POST /dev/admin} {@code {"words": ["account", "list"]}}: the operator's commands on the
 * running instance, for {@code ./daimon admin}. It takes no key, so it answers this machine alone,
 * and no web page: a browser sends JSON elsewhere only with an Origin, and after asking.
 */
public final class AdminDoor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 1 << 16;
  private final Function<List<String>, Report> commands;

  public AdminDoor(Function<List<String>, Report> commands) {
    this.commands = Objects.requireNonNull(commands);
  }

  Reply run(Call call) {
    if (!InetAddress.ofLiteral(call.sourceIp()).isLoopbackAddress()
        || !call.header("origin").isEmpty()
        || !call.header("content-type").startsWith("application/json")
        || !call.header("host").matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?")) {
      throw Refusal.forbidden(
          "This door is for ./daimon admin on this machine", "Use ./daimon admin.");
    }
    List<String> words = words(call);
    try {
      Report report = commands.apply(words);
      return Reply.json(200, Map.of("result", report.result(), "text", report.text()));
    } catch (AdminException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()), "See ./daimon admin --help.");
    }
  }

  private static List<String> words(Call call) {
    try {
      JsonNode sent = JSON.readTree(call.body().readNBytes(LARGEST_BODY)).path("words");
      List<String> words = new ArrayList<>();
      sent.forEach(word -> words.add(word.asText()));
      return words;
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("The body is no JSON: " + e.getOriginalMessage(), "Send an object.");
    } catch (IOException e) {
      throw Refusal.invalid("The body cannot be read: " + e.getMessage(), "Send it again.");
    }
  }
}
