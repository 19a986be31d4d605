package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How well and how quickly mails are understood, beside what others would use. */
final class UnderstandBench {
  private UnderstandBench() {}

  static ObjectNode run(Path home) throws IOException, InterruptedException {
    Optional<Peers> peers = Peers.of(home);
    ObjectNode result = Json.MAPPER.createObjectNode();
    if (peers.isPresent()) {
      result.set("versions", Json.MAPPER.valueToTree(peers.get().versions()));
    }
    ArrayNode tables = result.putArray("tables");
    quality(home, peers).forEach(table -> tables.add(table.json()));
    tables.insert(0, UnderstandSpeed.run(home, peers).json());
    return result;
  }

  private static List<Table> quality(Path home, Optional<Peers> peers)
      throws IOException, InterruptedException {
    Optional<Path> replies = Corpus.find(home, "reply.open.jsonl");
    Optional<Path> mails = Corpus.find(home, "mime.open.jsonl");
    Optional<Path> actions = Corpus.find(home, "cta_otp.open.jsonl");
    if (replies.isEmpty() || mails.isEmpty() || actions.isEmpty()) {
      System.err.println(
          "daimon: no open corpora in ../shared/corpora: quality is not measured, speed is");
      return List.of();
    }
    ReplyQuality reply =
        new ReplyQuality(Corpus.rows(replies.get()), theirs(peers, "replies", replies.get()));
    MimeQuality mime =
        new MimeQuality(Corpus.rows(mails.get()), theirs(peers, "mime", mails.get()));
    List<Table> tables = new ArrayList<>(reply.tables());
    tables.addAll(mime.tables());
    tables.addAll(new ActionQuality(Corpus.rows(actions.get())).tables());
    return tables;
  }

  private static List<JsonNode> theirs(Optional<Peers> peers, String what, Path file)
      throws IOException, InterruptedException {
    return peers.isPresent() ? peers.get().run(what, file.toString()) : List.of();
  }

  /** Writes {@code docs/understanding.md}, and answers its text. */
  static String page(Path home, JsonNode result) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Understanding mail, measured

        Made by `./daimon bench understand`, not by hand.

        """);
    page.append(ResultsPage.machine(result.path("machine"))).append('.');
    result
        .path("versions")
        .properties()
        .forEach(one ->
            page.append(' ')
                .append(one.getKey())
                .append(' ')
                .append(one.getValue().asText())
                .append('.'));
    page.append("\n\n");
    result.get("tables").forEach(table -> page.append(Table.markdown(table)));
    page.append(JudgePage.section(home));
    String text = page.toString().stripTrailing() + "\n";
    Files.writeString(home.resolve("docs/understanding.md"), text);
    return text;
  }
}
