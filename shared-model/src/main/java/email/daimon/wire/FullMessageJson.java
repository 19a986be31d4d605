package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.TextCut;
import email.daimon.policy.Quarantine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One message whole: with headers, HTML and full texts. Each text is cut at 512 KB, the headers at
 * 64 KB; as aliases and JSON escapes multiply a text, texts are cut shorter still where the reply
 * would pass {@link #MOST_REPLY}.
 */
public final class FullMessageJson {
  /** Bytes of UTF-8 that are shown of each text. */
  public static final int MOST_TEXT = 512 * 1024;

  /** Bytes of UTF-8 that are shown of the headers. */
  public static final int MOST_HEADERS = 64 * 1024;

  /** Bytes of JSON that one message may take of a reply of 5 MB. */
  public static final int MOST_REPLY = 4_900_000;

  private FullMessageJson() {}

  /**
   * The message as {@code GET …/messages/{id}} answers it.
   *
   * @param cut names of the texts that the document does not hold whole
   * @param link a presigned link to a whole text that was cut, by the name of the text ({@code
   *     text_body}, {@code html_body}); empty where there is none
   */
  public static ObjectNode of(
      Message message,
      MessageDocument document,
      Set<String> cut,
      Function<String, Optional<String>> link) {
    for (int most = MOST_TEXT; ; most /= 2) {
      ObjectNode json = of(message, document, cut, link, most);
      if (JsonSize.isAtMost(json, MOST_REPLY) || most <= ListForm.MOST) {
        return json;
      }
    }
  }

  private static ObjectNode of(
      Message message,
      MessageDocument document,
      Set<String> cut,
      Function<String, Optional<String>> link,
      int most) {
    MessageDocument shown = Quarantine.holds(message) ? MessageDocument.EMPTY : document;
    Cuts cuts = new Cuts(most, Quarantine.holds(message) ? Set.of() : cut);
    Optional<String> html = shown.htmlBody().map(body -> cuts.text("html_body", body));
    ListForm form =
        new ListForm(
            cuts.text("text_body", shown.textBody()),
            shown.textFrom(),
            cuts.text("reply_body", shown.replyBody()),
            cuts.list("links", shown.links()),
            cuts.list("cta_links", shown.ctaLinks()),
            shown.recipients(),
            shown.replyTo(),
            shown.inReplyTo(),
            cuts.list("references", shown.references()),
            Set.of());
    ObjectNode json = MessageJson.head(message, form);
    MessageJson.texts(json, form);
    json.put("visible_text", cuts.text("visible_text", shown.findings().visibleText()));
    FindingsJson.add(json, shown.findings());
    shown
        .authentication()
        .ifPresent(known -> json.set("authentication", AuthenticationJson.of(known)));
    json.set("html_body", Json.text(html));
    json.set("body_html", Json.text(html));
    json.set("headers", headers(shown.headers(), cuts));
    json.put("truncated", !cuts.names.isEmpty());
    cuts.names.forEach(name -> {
      json.put(name + "_truncated", true);
      link.apply(name).ifPresent(url -> json.put(name + "_url", url));
    });
    MessageJson.tail(json, message);
    return json;
  }

  // One value is a string, a repeated field an array: as its readers expect of Node's headers.
  private static ObjectNode headers(Map<String, List<String>> headers, Cuts cuts) {
    ObjectNode json = Json.object();
    long used = 0;
    for (Map.Entry<String, List<String>> field : headers.entrySet()) {
      long size =
          field.getValue().stream().mapToLong(TextCut::size).sum()
              + (long) field.getKey().length() * field.getValue().size();
      if (used + size > MOST_HEADERS) {
        cuts.names.add("headers");
        continue;
      }
      used += size;
      if (field.getValue().size() == 1) {
        json.put(field.getKey(), field.getValue().getFirst());
      } else {
        json.set(field.getKey(), Json.texts(field.getValue()));
      }
    }
    return json;
  }

  /** Cuts texts and remembers which. */
  private static final class Cuts {
    private final int most;
    private final Set<String> names = new TreeSet<>();

    private Cuts(int most, Set<String> cut) {
      this.most = most;
      names.addAll(cut);
    }

    private String text(String name, String text) {
      String head = TextCut.head(text, most);
      if (head.length() < text.length()) {
        names.add(name);
      }
      return head;
    }

    private List<String> list(String name, List<String> values) {
      List<String> head = TextCut.head(values, most / 2);
      if (head.size() < values.size()) {
        names.add(name);
      }
      return head;
    }
  }
}
