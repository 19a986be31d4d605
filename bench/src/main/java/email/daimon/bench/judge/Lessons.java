package email.daimon.bench.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.understand.Understanding;
import email.daimon.understand.testing.UnseenTextCase;
import email.daimon.understand.trust.JudgedText;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is to learn from: passages of {@code bench/training}, mails of the development sets.
 */
final class Lessons {
  /**
   * Mails by writers who saw neither rules nor lessons. No rule finds one of them for its words;
   * how encoded words are read was mended for two, and what no judge may deny was drawn with some
   * of the harmless in sight.
   */
  static final Set<String> OF_STRANGERS =
      Set.of(
          "unseen-text.fourth",
          "unseen-text.fifth",
          "unseen-text.sixth",
          "unseen-text.seventh",
          "unseen-text.eighth",
          "unseen-text.everyday",
          "unseen-text.ninth");

  /** The mails. */
  static final List<String> SETS =
      Stream.concat(
              Stream.of(
                  "unseen-text",
                  "unseen-text.held-out",
                  "unseen-text.third",
                  "unseen-text.development"),
              OF_STRANGERS.stream().sorted())
          .toList();

  /** Passages of the mail that everybody gets: nothing in them is near. */
  static final Set<String> ORDINARY =
      Set.of(
          "en-corporate.jsonl",
          "en-ordinary.jsonl",
          "en-ordinary-2.jsonl",
          "en-ordinary-3.jsonl",
          "mixed-corporate.jsonl",
          "mixed-ordinary.jsonl",
          "mixed-ordinary-2.jsonl");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What others stand among: none of those by which thresholds are chosen. */
  private static final String COMMON = "everyday";

  /** Where a passage stands that says nothing else. */
  private static final String SEEN = "seen";

  private static final int SEED = 3;
  private static final int FEW = 5;
  private static final int MOST_OTHERS = 3;
  private static final int HARMLESS_AMONG_OTHERS = 2;
  private static final int SHORTEST = 6;
  private static final int HALVES = 20;

  private Lessons() {}

  /** Passages alone and among others, and the sentences with which the rules are tested. */
  static List<Lesson> passages(Path home) throws IOException {
    List<Said> all = said(home);
    List<Lesson> lessons = new ArrayList<>();
    all.forEach(it -> lessons.add(passage(it.set(), false, it.instructs(), it.judged())));
    lessons.addAll(amongOthers(all));
    lessons.addAll(sentences(home, "attacks.txt", true));
    lessons.addAll(sentences(home, "harmless.txt", false));
    return lessons;
  }

  /** How many passages were written. */
  static int written(Path home) throws IOException {
    return said(home).size();
  }

  /** Passages, one a line, in files by language. */
  private static List<Said> said(Path home) throws IOException {
    List<Said> all = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.list(home.resolve("bench/training"))) {
      files = found.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList();
    }
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          JsonNode one = JSON.readTree(line);
          all.add(
              new Said(
                  file.getFileName().toString(),
                  one.path("lang").asText(),
                  one.path("kind").asText(),
                  one.path("label").asInt() == 1,
                  one.path("text").asText(),
                  one.path("in").asText(SEEN)));
        }
      }
    }
    return all;
  }

  /** A passage as it stands in its file. */
  private record Said(
      String set, String lang, String kind, boolean instructs, String text, String in) {
    JudgedText judged() {
      return switch (in) {
        case SEEN -> JudgedText.ofSeen(text);
        case "hidden" -> JudgedText.ofUnseen(text);
        case "label" -> JudgedText.ofLabel(text);
        default -> throw new IllegalArgumentException(set + ": no such place: " + in);
      };
    }
  }

  /**
   * Each passage once more, among ordinary ones of its language where there are some: orders stand
   * in mails about something else, and what those are about speaks for nothing.
   */
  private static List<Lesson> amongOthers(List<Said> all) {
    Map<String, List<String>> ordinary = new HashMap<>();
    for (Said one : all) {
      if (one.kind().equals(COMMON)) {
        ordinary.computeIfAbsent(one.lang(), lang -> new ArrayList<>()).add(one.text());
      }
    }
    List<Lesson> lessons = new ArrayList<>();
    Random lot = new Random(SEED);
    for (Said one : all) {
      List<String> others = ordinary.getOrDefault(one.lang(), List.of());
      boolean apart = !one.in().equals(SEEN) || others.size() < FEW;
      if (apart || (!one.instructs() && lot.nextInt(HARMLESS_AMONG_OTHERS) > 0)) {
        continue;
      }
      StringBuilder mail = new StringBuilder();
      others(mail, others, lot);
      int from = mail.length();
      mail.append(one.text());
      int to = mail.length();
      mail.append("\n\n");
      others(mail, others, lot);
      lessons.add(among(one, mail.toString(), from, to));
    }
    return lessons;
  }

  private static void others(StringBuilder mail, List<String> others, Random lot) {
    for (int i = lot.nextInt(MOST_OTHERS + 1); i > 0; i--) {
      mail.append(others.get(lot.nextInt(others.size()))).append("\n\n");
    }
  }

  private static Lesson among(Said one, String mail, int from, int to) {
    JudgedText text = JudgedText.ofSeen(mail);
    boolean[] guilty = new boolean[text.sentences().size()];
    for (int i = 0; i < guilty.length; i++) {
      JudgedText.Sentence sentence = text.sentences().get(i);
      guilty[i] = one.instructs() && sentence.start() < to && sentence.end() > from;
    }
    return new Lesson(one.set(), false, one.instructs(), List.of(new Lesson.Part(text, guilty)));
  }

  /** Sentences with which the rules are tested, one a line. */
  private static List<Lesson> sentences(Path home, String set, boolean instructs)
      throws IOException {
    return Files.readAllLines(home.resolve("shared-model/src/test/resources/trust").resolve(set))
        .stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> passage(set, true, instructs, JudgedText.ofSeen(line.replace("\\n", "\n"))))
        .toList();
  }

  private static Lesson passage(String set, boolean mail, boolean instructs, JudgedText text) {
    boolean[] guilty = new boolean[text.sentences().size()];
    Arrays.fill(guilty, instructs);
    return new Lesson(
        set,
        mail,
        instructs,
        guilty.length == 0 ? List.of() : List.of(new Lesson.Part(text, guilty)));
  }

  /** Mails of the sets on which the rules were developed. */
  static List<Lesson> mails(Path home) throws IOException {
    List<Lesson> lessons = new ArrayList<>();
    Path folder = home.resolve("shared-model/src/test/resources/corpus");
    for (String set : SETS) {
      for (String line : Files.readAllLines(folder.resolve(set + ".jsonl"))) {
        if (!line.isBlank()) {
          lessons.add(mail(set, UnseenTextCase.of(line)));
        }
      }
    }
    return lessons;
  }

  private static Lesson mail(String set, UnseenTextCase one) {
    List<String> orders = new ArrayList<>();
    for (UnseenTextCase.Instruction order : one.injections()) {
      orders.add(folded(order.text()));
      orders.add(folded(order.decoded()));
      orders.add(folded(spelled(order.text())));
    }
    List<Lesson.Part> parts = new ArrayList<>();
    for (JudgedText text : Understanding.judged(one.mail())) {
      if (!text.sentences().isEmpty()) {
        parts.add(new Lesson.Part(text, guilty(text, orders)));
      }
    }
    return new Lesson(set, true, !one.harmless(), parts);
  }

  private static boolean[] guilty(JudgedText text, List<String> orders) {
    boolean[] guilty = new boolean[text.sentences().size()];
    String whole = folded(text.text());
    for (String order : orders) {
      if (order.length() >= SHORTEST && (text.coded() || order.contains(whole))) {
        Arrays.fill(guilty, true);
      } else if (order.length() >= SHORTEST) {
        for (int i = 0; i < guilty.length; i++) {
          JudgedText.Sentence sentence = text.sentences().get(i);
          guilty[i] |=
              shares(folded(text.text().substring(sentence.start(), sentence.end())), order);
        }
      }
    }
    return guilty;
  }

  /** Whether a sentence is of an order, or half of it is. */
  private static boolean shares(String sentence, String order) {
    int half = sentence.length() / 2;
    return sentence.contains(order)
        || (sentence.length() > SHORTEST && order.contains(sentence))
        || (sentence.length() > HALVES
            && (order.contains(sentence.substring(0, half))
                || order.contains(sentence.substring(half))));
  }

  /** The words of an address. */
  private static String spelled(String address) {
    try {
      return URLDecoder.decode(address, UTF_8);
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }

  /** Words without what stands between them in names and addresses. */
  private static String folded(String text) {
    String words = text.replace('_', ' ').replace('-', ' ').replace('/', ' ').replace("=", ": ");
    return words.replace('\u00a0', ' ').replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }
}
