package email.daimon.understand.links;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.LinkDetail;
import email.daimon.understand.Cases;
import email.daimon.understand.Understanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links of 40 languages: what following them does, by their names and by sentences. */
class LinkCasesTest {
  private static final boolean SHOWS_ALL = Boolean.getBoolean("cases.all");
  private final List<String> misses = new ArrayList<>();
  private int seen;
  private int seenRight;
  private int aside;
  private int asideRight;

  @Test
  void namesOfLinks() throws IOException {
    for (String[] it : Cases.of(LinkCasesTest.class, "names.tsv")) {
      String html = "<p><a href=\"https://acme.example/x/1\">%s</a></p>".formatted(it[2]);
      check(it, it[1], html(html));
      check(it, it[1], text("Acme\n\n" + it[2] + "\nhttps://acme.example/x/1\n"));
    }
    report("names of links");
  }

  @Test
  void sentencesAroundLinks() throws IOException {
    for (String[] it : Cases.of(LinkCasesTest.class, "sentences.tsv")) {
      String link = "<a href=\"https://click.mailer.example/ls/click?upn=abc\">" + it[3] + "</a>";
      check(it, it[1], html("<p>" + it[2] + " " + link + " " + it[4] + "</p>"));
    }
    report("sentences around links");
  }

  private void check(String[] fields, String wanted, Understanding said) {
    LinkDetail link = said.findings().links().getFirst();
    String found = link.kind().wireName();
    boolean asked = List.of("verify", "reset", "login", "invite", "confirm").contains(wanted);
    boolean named = wanted.equals("none") || found.equals(wanted);
    boolean right = named && said.ctaLinks().isEmpty() != asked;
    boolean held = Cases.isSetAside(fields);
    seen += held ? 0 : 1;
    aside += held ? 1 : 0;
    seenRight += right && !held ? 1 : 0;
    asideRight += right && held ? 1 : 0;
    if (!right && (!held || SHOWS_ALL)) {
      misses.add(String.join(" | ", fields) + " -> " + found + " " + link.score());
    }
  }

  private void report(String what) {
    String figures =
        "%s: %d of %d right, set aside %d of %d"
            .formatted(what, seenRight, seen, asideRight, aside);
    System.out.println(figures);
    assertThat(misses).as(figures).isEmpty();
    assertThat(asideRight).as(figures).isGreaterThanOrEqualTo(aside * 95 / 100);
  }

  private static Understanding html(String html) {
    return Understanding.of(Optional.empty(), Optional.of(html));
  }

  private static Understanding text(String text) {
    return Understanding.of(Optional.of(text), Optional.empty());
  }
}
