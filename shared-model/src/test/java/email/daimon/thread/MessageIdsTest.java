package email.daimon.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
}
