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
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What there is to learn from: passages of {@code bench/training}, mails of the development sets.
 */
final class Lessons {
  /** Mails by writers who saw neither rules nor lessons; no rule was made for one of them. */
  static final List<String> OF_STRANGERS =
      List.of("unseen-text.fourth", "unseen-text.fifth", "unseen-text.sixth");

  /** The mails, in the order of their age. */
  static final List<String> SETS =
      Stream.concat(
              Stream.of(
                  "unseen-text",
                  "unseen-text.held-out",
                  "unseen-text.third",
                  "unseen-text.development"),
              OF_STRANGERS.stream())
          .toList();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHORTEST = 6;
  private static final int HALVES = 20;

  private Lessons() {}

  /** Passages, one a line, in files by language. */
  static List<Lesson> passages(Path home) throws IOException {
    List<Lesson> lessons = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.list(home.resolve("bench/training"))) {
      files = found.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList();
    }
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          JsonNode one = JSON.readTree(line);
          lessons.add(
              passage(
                  file.getFileName().toString(),
                  false,
                  one.path("label").asInt() == 1,
                  one.path("text").asText()));
        }
      }
    }
    lessons.addAll(sentences(home, "attacks.txt", true));
    lessons.addAll(sentences(home, "harmless.txt", false));
    return lessons;
  }

  /** Sentences with which the rules are tested, one a line. */
  private static List<Lesson> sentences(Path home, String set, boolean instructs)
      throws IOException {
    return Files.readAllLines(home.resolve("shared-model/src/test/resources/trust").resolve(set))
        .stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> passage(set, true, instructs, line.replace("\\n", "\n")))
        .toList();
  }

  private static Lesson passage(String set, boolean mail, boolean instructs, String said) {
    JudgedText text = JudgedText.ofSeen(said);
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
    String words = text.replace('_', ' ').replace('-', ' ').replace('/', ' ').replace('=', ':');
    return words.replace('\u00a0', ' ').replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }
}
