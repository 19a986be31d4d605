package email.daimon.understand.links;

import email.daimon.model.LinkDetail.Kind;
import email.daimon.understand.words.Vocabulary;
import email.daimon.understand.words.Vocabulary.Hit;
import email.daimon.understand.words.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the words of links, and sentences around them, in the languages of {@code words.txt}. */
public final class LinkWords {
  private static final Vocabulary<Sense> WORDS = Vocabulary.of(Sense.class, "words.txt");
  private static final Set<Sense> OBJECTS =
      EnumSet.of(Sense.PASSWORD, Sense.ACCOUNT, Sense.INVITATION, Sense.ORDER);
  private static final Set<Sense> TO_INVITATION =
      EnumSet.of(
          Sense.ACCEPT,
          Sense.JOIN,
          Sense.VIEW,
          Sense.CONFIRM,
          Sense.VERIFY,
          Sense.CHECK,
          Sense.LOGIN);
  private static final int SHORT = 3;
  private static final int LONG_NAME = 14;
  private static final int LONG_TITLE = 8;

  private LinkWords() {}

  /**
   * Where the last verb ends by which a mail asks to prove something, to log in, to reset.
   *
   * @param words as {@link Words} gives them
   * @return -1 where there is none
   */
  public static int lastVerb(String words) {
    return WORDS.in(words).reversed().stream()
        .filter(hit -> hit.meaning().asks())
        .mapToInt(Hit::end)
        .findFirst()
        .orElse(-1);
  }

  /** Of what a link is called. */
  static Call ofName(String name) {
    String words = Words.of(name);
    List<Hit<Sense>> hits = WORDS.in(words);
    if (hits.isEmpty()) {
      return Call.NOTHING;
    }
    Set<Sense> senses = senses(hits);
    int count = Words.count(words);
    if (senses.contains(Sense.DENY)) {
      return Call.of(Kind.DENY, false);
    }
    if (senses.contains(Sense.UNSUBSCRIBE)) {
      return Call.of(Kind.UNSUBSCRIBE, false);
    }
    Hit<Sense> first = hits.getFirst();
    if (senses.contains(Sense.NEVER) || explains(first)) {
      return Call.NEVER;
    }
    if (senses.contains(Sense.DECLINE) && !senses.contains(Sense.ACCEPT)) {
      return count < SHORT || senses.contains(Sense.INVITATION)
          ? Call.of(Kind.DENY, false)
          : Call.NEVER;
    }
    Optional<Kind> kind = kind(senses, count);
    if (kind.isPresent()) {
      boolean object = senses.stream().anyMatch(OBJECTS::contains);
      return Call.of(kind.get(), count <= SHORT || (object && count <= LONG_NAME));
    }
    boolean says = senses.contains(Sense.CLICK) && count <= 2 * SHORT;
    return says ? Call.NEUTRAL : Call.NOTHING;
  }

  /** Of a sentence beside a link: what stands last in it is nearest to the link. */
  static Call ofSentence(String sentence) {
    String words = Words.of(sentence);
    List<Hit<Sense>> hits = WORDS.in(words);
    int count = Words.count(words);
    if (!hits.isEmpty() && count <= LONG_TITLE && isTitle(hits.getFirst())) {
      return Call.NEVER;
    }
    int asked = -1;
    int settled = -1;
    for (int i = 0; i < hits.size(); i++) {
      switch (hits.get(i).meaning()) {
        case UNSUBSCRIBE, DENY, NEVER -> settled = i;
        case DECLINE -> settled = asked < 0 && count < SHORT ? i : settled;
        default -> asked = hits.get(i).meaning().asks() ? i : asked;
      }
    }
    if (settled > asked) {
      return switch (hits.get(settled).meaning()) {
        case UNSUBSCRIBE -> Call.of(Kind.UNSUBSCRIBE, false);
        case DENY, DECLINE -> Call.of(Kind.DENY, false);
        default -> Call.NEVER;
      };
    }
    Set<Sense> senses = senses(hits);
    Optional<Kind> kind = kind(senses, count);
    boolean object = senses.stream().anyMatch(OBJECTS::contains);
    return kind.map(it -> Call.of(it, object)).orElse(Call.NOTHING);
  }

  /** Whether a short line is the title of help or of an article. */
  private static boolean isTitle(Hit<Sense> first) {
    return explains(first) || (first.meaning() == Sense.NEVER && first.start() <= 1);
  }

  private static boolean explains(Hit<Sense> first) {
    return first.meaning() == Sense.HOW && first.start() <= 1;
  }

  private static Set<Sense> senses(List<Hit<Sense>> hits) {
    Set<Sense> senses = EnumSet.noneOf(Sense.class);
    hits.forEach(hit -> senses.add(hit.meaning()));
    return senses;
  }

  private static Optional<Kind> kind(Set<Sense> said, int count) {
    boolean proves = said.contains(Sense.VERIFY) || said.contains(Sense.CONFIRM);
    boolean account = said.contains(Sense.ACCOUNT);
    boolean order = said.contains(Sense.ORDER) && !account;
    if (said.contains(Sense.PASSWORD)
        && (said.contains(Sense.RESET) || said.contains(Sense.SET) || proves)) {
      return Optional.of(Kind.RESET);
    }
    if (said.contains(Sense.INVITATION)
        && (count < SHORT || said.stream().anyMatch(TO_INVITATION::contains))) {
      return Optional.of(Kind.INVITE);
    }
    if (proves) {
      boolean looks = said.contains(Sense.VIEW) && !account && !said.contains(Sense.VERIFY);
      return looks ? Optional.empty() : Optional.of(order ? Kind.CONFIRM : Kind.VERIFY);
    }
    if (said.contains(Sense.RESET) && (account || count < SHORT)) {
      return Optional.of(Kind.RESET);
    }
    if (said.contains(Sense.ACCEPT)) {
      return Optional.of(order ? Kind.CONFIRM : Kind.INVITE);
    }
    if (said.contains(Sense.JOIN) && !said.contains(Sense.MEETING)) {
      return Optional.of(Kind.INVITE);
    }
    if (said.contains(Sense.CHECK) && !order && (account || count <= SHORT)) {
      return Optional.of(Kind.VERIFY);
    }
    return said.contains(Sense.LOGIN) ? Optional.of(Kind.LOGIN) : Optional.empty();
  }
}
