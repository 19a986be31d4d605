package email.daimon.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageIdsTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<a@x>                              | a@x",
        "<a@x> <b@x>                        | a@x b@x",
        "<a@x><b@x>                         | a@x b@x",
        "<a@x>, <b@x>;<c@x>                 | a@x b@x c@x",
        "<a@x> <a@x>                        | a@x",
        "< a @ x >                          | a@x",
        "(comment <no@x>) <a@x> (another)   | a@x",
        "Your message of Monday <a@x>       | a@x",
        "a@x                                | a@x",
        "a@x b@x                            | a@x b@x",
        "a@x, b@x                           | a@x b@x",
        "<a@x                               | a@x",
        "a@x>                               | a@x",
        "<a@x <b@x>                         | a@x b@x",
        "<no-at-sign>                       | no-at-sign",
        "no-at-sign                         | no-at-sign",
        "words without any id               | ''",
        "<>                                 | ''",
        "''                                 | ''",
      })
  void idsAreFoundInWhateverStandsAroundThem(String value, String ids) {
    List<String> wanted = ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    assertThat(MessageIds.all(value)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<One@Example.COM> | one@example.com",
        "One@Example.COM   | one@example.com",
        "< o n e @x >      | one@x",
        "<                 | ''",
      })
  void idsCompareWithoutBracketsBlanksAndCase(String id, String canonical) {
    assertThat(MessageIds.canonical(id)).isEqualTo(canonical);
  }

  @Test
  void idsAreCutAtTheLongestLineOfAMail() {
    String id = "x".repeat(5_000);
    assertThat(MessageIds.canonical(id)).hasSize(MessageIds.LONGEST);
    assertThat(MessageIds.all('<' + id + '>').getFirst()).hasSize(MessageIds.LONGEST);
  }

  @Test
  void aMadeUpIdIsTheSameForTheSameMail() {
    assertThat(MessageIds.madeUp("ab12", "daimon.email")).isEqualTo("made-up.ab12@daimon.email");
    assertThatThrownBy(() -> MessageIds.madeUp("", "daimon.email"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofALongChainTheFirstAndTheLastHalfAreKept() {
    List<String> ids = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    assertThat(References.bounded(ids, 4)).containsExactly("0", "1", "8", "9");
    assertThat(References.bounded(ids, 10)).isEqualTo(ids);
  }

  @ParameterizedTest(name = "{0} and {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                | ''     | anchor",
        "''                | p      | anchor p",
        "a b               | p      | anchor a b p",
        "a p b             | p      | anchor a b p",
        "a <A> b B         | <P>    | anchor a b <P>",
        "<Anchor> a        | p      | anchor a p",
        "a                 | anchor | anchor a",
      })
  void whatIsSentRefersToTheAnchorThenToTheOldestTheParentLast(
      String earlier, String parent, String chain) {
    assertThat(References.toSend("anchor", words(earlier), words(parent).stream().findFirst(), 50))
        .isEqualTo(words(chain));
  }

  @Test
  void ofALongChainTheAnchorAndTheLastAreSent() {
    List<String> ids = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    List<String> sent = References.toSend("anchor", ids, Optional.of("p"), 50);
    assertThat(sent).hasSize(50).startsWith("anchor", "52").endsWith("98", "99", "p");
  }

  @Test
  void idsOfOursNameTheirThingAndItsDomain() {
    assertThat(MessageIds.ours("msg_1", "daimon.email")).isEqualTo("msg_1@daimon.email");
    assertThatThrownBy(() -> MessageIds.ours("msg_1", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> words(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }
}
