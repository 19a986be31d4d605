package email.daimon.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.TextCut;
import email.daimon.model.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a thread within so many tokens. What goes first is what was said before, in all
 * of them; then signatures; then the texts of the oldest; then the oldest themselves, which a next
 * page has. What is new in the newest stays, whatever it takes.
 */
public final class ThreadDigest {
  private static final String TEXT = "text_body";
  // Brackets, commas and the name of the text.
  private static final int BESIDE = 6;

  private ThreadDigest() {}

  /**
   * A message and what its text is made of.
   *
   * @param head all but its text
   * @param quoted earlier mail within the text
   * @param signature within the text
   */
  public record Piece(
      String id, ObjectNode head, String text, List<TextSpan> quoted, List<TextSpan> signature) {
    public Piece {
      requireNonNull(id, "id is null");
      requireNonNull(head, "head is null");
      requireNonNull(text, "text is null");
      quoted = List.copyOf(quoted);
      signature = List.copyOf(signature);
    }
  }

  /**
   * What is shown.
   *
   * @param rows newest first, of the first so many pieces
   * @param cut what was left out, by message
   * @param tokens that the rows take
   */
  public record Digest(List<ObjectNode> rows, Map<String, List<String>> cut, int tokens) {
    /** {@code [{message_id, what}]}. */
    public ArrayNode cutJson() {
      ArrayNode array = Json.array();
      cut.forEach(
          (id, what) -> array.addObject().put("message_id", id).set("what", Json.texts(what)));
      return array;
    }
  }

  /** What of a message is still shown. */
  private static final class State {
    private final Piece piece;
    private final int head;
    private String text;
    private int tokens;
    private final List<TextSpan> gone = new ArrayList<>();

    State(Piece piece) {
      this.piece = piece;
      this.head = TokenEstimate.of(piece.head) + BESIDE;
      show(piece.text);
    }

    int size() {
      return head + tokens;
    }

    /** What is saved. */
    int without(List<TextSpan> spans) {
      gone.addAll(spans);
      return show(TextCut.without(piece.text, gone));
    }

    int show(String shown) {
      int before = tokens;
      text = shown;
      tokens = TokenEstimate.of(shown);
      return before - tokens;
    }
  }

  /**
   * Cuts until it fits.
   *
   * @param pieces newest first; at least one
   */
  public static Digest of(List<Piece> pieces, int most) {
    List<State> states = new ArrayList<>(pieces.stream().map(State::new).toList());
    Map<String, List<String>> cut = new LinkedHashMap<>();
    long size = states.stream().mapToLong(State::size).sum();
    for (String what : new String[] {"quoted", "signature"}) {
      for (int i = states.size() - 1; i >= 0 && size > most; i--) {
        State state = states.get(i);
        List<TextSpan> spans = what.equals("quoted") ? state.piece.quoted : state.piece.signature;
        if (!spans.isEmpty()) {
          size -= state.without(spans);
          told(cut, state, what);
        }
      }
    }
    for (int i = states.size() - 1; i > 0 && size > most; i--) {
      if (!states.get(i).text.isEmpty()) {
        size -= states.get(i).show("");
        told(cut, states.get(i), "text");
      }
    }
    while (states.size() > 1 && size > most) {
      State last = states.removeLast();
      size -= last.size();
      cut.remove(last.piece.id);
    }
    List<ObjectNode> rows = new ArrayList<>();
    states.forEach(state -> rows.add(state.piece.head.put(TEXT, state.text)));
    return new Digest(rows, cut, (int) Math.min(size, Integer.MAX_VALUE));
  }

  private static void told(Map<String, List<String>> cut, State state, String what) {
    cut.computeIfAbsent(state.piece.id, _ -> new ArrayList<>()).add(what);
  }
}
