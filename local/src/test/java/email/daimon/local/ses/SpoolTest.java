package email.daimon.local.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  @Test
  void whatAKilledProcessAcceptedIsHandedOnByTheNextAndWhatItDidNotIsGone() throws Exception {
    Spool killed = new Spool(folder, 10, false);
    accept(killed, "second", 2);
    accept(killed, "first", 1);
    var _ = begun(killed, "cut off");
    assertThat(names()).anyMatch(name -> name.endsWith(".part"));

    Spool next = new Spool(folder, 10, true);
    assertThat(names()).hasSize(2).noneMatch(name -> name.endsWith(".part"));
    List<Spool.Entry> entries = next.take(10, Duration.ofSeconds(1));
    assertThat(entries)
        .extracting(entry -> entry.mail().sender())
        .containsExactly("first", "second");
    try (var in = entries.getFirst().open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data\nof first");
    }
    assertThat(entries.getFirst().length()).isEqualTo("data\nof first".length());
    entries.forEach(next::done);
    assertThat(names()).isEmpty();
  }

  @Test
  void aMailThatCannotBeHandedOnIsOfferedAgain() throws Exception {
    Spool spool = new Spool(folder, 10, false);
    accept(spool, "a", 1);
    Spool.Entry entry = spool.take(10, Duration.ofSeconds(1)).getFirst();
    assertThat(spool.take(10, Duration.ZERO)).isEmpty();
    spool.again(entry, Duration.ofMillis(10));
    assertThat(spool.take(10, Duration.ofSeconds(5))).containsExactly(entry);
  }

  @Test
  void aFullSpoolTakesNothingUntilSomethingHasGone() throws Exception {
    accept(new Spool(folder, 10, false), "left by another process", 1);
    Spool spool = new Spool(folder, 2, false);
    accept(spool, "a", 2);
    assertThat(spool.hasRoom()).isFalse();
    assertThat(spool.write(mail("b", 3), Duration.ofMillis(1))).isEmpty();
    spool.done(spool.take(1, Duration.ofSeconds(1)).getFirst());
    try (Spool.Writing abandoned = begun(spool, "c")) {
      assertThat(spool.hasRoom()).isFalse();
    }
    assertThat(spool.hasRoom()).isTrue();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void accept(Spool spool, String sender, long millis) throws Exception {
    try (Spool.Writing writing = spool.write(mail(sender, millis), Duration.ZERO).orElseThrow()) {
      writing.out().write(("data\nof " + sender).getBytes(StandardCharsets.UTF_8));
      writing.commit();
    }
  }

  private static Spool.Writing begun(Spool spool, String sender) throws Exception {
    Optional<Spool.Writing> writing = spool.write(mail(sender, 9), Duration.ZERO);
    writing.orElseThrow().out().write('x');
    return writing.orElseThrow();
  }

  private static ReceivedMail mail(String sender, long millis) {
    return new ReceivedMail(
        "id" + millis,
        millis,
        sender,
        List.of("one@daimon.email"),
        new ReceivedMail.Client("sender.example", "192.0.2.1"),
        Verdicts.ALL_PASS);
  }
}
