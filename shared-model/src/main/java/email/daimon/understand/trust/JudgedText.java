package email.daimon.understand.trust;

import email.daimon.model.TextSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the judge sees of one text of a mail: what it learns from. */
public final class JudgedText {
  /** As much weighs what is told whatever the judge says. */
  public static final int PLAIN = 99;

  private final Passage passage;
  private final int[] traits;
  private final List<Sentence> sentences;
  private final int ruled;

  private JudgedText(Passage passage, int[] traits, List<Sentence> sentences, int ruled) {
    this.passage = passage;
    this.traits = traits;
    this.sentences = List.copyOf(sentences);
    this.ruled = ruled;
  }

  /** One sentence. */
  public static final class Sentence {
    private final int start;
    private final int end;
    private final int[] traits;
    private final int[] topics;

    private Sentence(int start, int end, int[] traits, int[] topics) {
      this.start = start;
      this.end = end;
      this.traits = traits;
      this.topics = topics;
    }

    /** Where it begins in the text, in UTF-16 units. */
    public int start() {
      return start;
    }

    /** Behind its last unit. */
    public int end() {
      return end;
    }

    /** Each as often as it is there. Not to be changed. */
    public int[] traits() {
      return traits;
    }

    /** Those of them that also say what the whole text is about. Not to be changed. */
    public int[] topics() {
      return topics;
    }
  }

  /** The text. */
  public String text() {
    return passage.text();
  }

  /** Whether only a machine can read it. */
  public boolean coded() {
    return passage.coded();
  }

  /** Whether its reader does not see it. */
  public boolean unseen() {
    return passage.unseen();
  }

  /** Whether it is a subject or a name. */
  public boolean label() {
    return passage.label();
  }

  /** Of the whole text. Not to be changed. */
  public int[] traits() {
    return traits;
  }

  /** In their order, none of a text without words. */
  public List<Sentence> sentences() {
    return sentences;
  }

  /** How much weighs what the rules find in it, 0 where they find nothing. */
  public int ruled() {
    return ruled;
  }

  /** A text that its reader sees. */
  public static JudgedText ofSeen(String text) {
    return of(Passage.seen("visible_text", text));
  }

  /** A text that its reader does not see. */
  public static JudgedText ofUnseen(String text) {
    return of(Passage.unseen("html_body", text, new TextSpan(0, 0)));
  }

  /** A subject, a name. */
  public static JudgedText ofLabel(String text) {
    return of(Passage.label("subject", text));
  }

  static JudgedText of(Passage passage) {
    FoldedText folded = FoldedText.of(passage.text());
    Hits hits = Hits.of(passage.text(), folded);
    Traits traits = new Traits(folded, hits, passage);
    Taken taken = new Taken();
    traits.ofText(taken);
    int[] whole = taken.all.end();
    Sentences ends = Sentences.of(folded);
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      traits.ofSentence(ends.start(i), ends.end(i), taken);
      sentences.add(
          new Sentence(
              folded.source(ends.start(i)),
              folded.source(ends.end(i)),
              taken.all.end(),
              taken.topics.end()));
    }
    return new JudgedText(passage, whole, sentences, InjectionReader.ruled(passage));
  }

  private static final class Taken implements Traits.Taker {
    private final Numbers all = new Numbers();
    private final Numbers topics = new Numbers();

    @Override
    public void take(int trait) {
      all.add(trait);
    }

    @Override
    public void takeTopic(int trait) {
      all.add(trait);
      topics.add(trait);
    }
  }

  private static final class Numbers {
    private int[] numbers = new int[256];
    private int size;

    void add(int number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      numbers[size++] = number;
    }

    int[] end() {
      int[] some = Arrays.copyOf(numbers, size);
      size = 0;
      return some;
    }
  }
}
