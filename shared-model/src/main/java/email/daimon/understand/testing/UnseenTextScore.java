package email.daimon.understand.testing;

import email.daimon.mime.Mail;
import email.daimon.model.Findings;
import email.daimon.model.Injection;
import email.daimon.understand.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How well hidden texts are kept apart and instructions are found.
 *
 * @param rows one a mail
 */
public record UnseenTextScore(List<Row> rows) {
  public UnseenTextScore {
    rows = List.copyOf(rows);
  }

  /**
   * What was found in one mail.
   *
   * @param leaked hidden texts that stand in the visible text, the reply or the preview
   * @param untold hidden texts that no finding holds
   * @param lost visible texts that do not stand in the visible text
   * @param injections found
   */
  public record Row(
      UnseenTextCase mail,
      List<UnseenTextCase.Hidden> leaked,
      List<UnseenTextCase.Hidden> untold,
      List<String> lost,
      List<Injection> injections) {

    /** Whether the mail was judged as it is. */
    public boolean judgedRight() {
      return injections.isEmpty() == mail.harmless();
    }
  }

  /** Counts of one group of mails. */
  public record Figures(
      int mails, int hidden, int leaked, int untold, int visible, int lost, int wrong) {}

  /** Reads the mails as the platform does. */
  public static UnseenTextScore of(List<UnseenTextCase> mails) {
    return new UnseenTextScore(mails.stream().map(UnseenTextScore::row).toList());
  }

  private static Row row(UnseenTextCase one) {
    Mail mail = one.mail();
    Understanding said = Understanding.of(mail);
    Findings findings = said.findings();
    String visible = folded(findings.visibleText());
    String shown = visible + '\n' + folded(said.replyBody()) + '\n' + folded(said.preview());
    String told =
        findings.hidden().stream().map(it -> folded(it.text())).collect(Collectors.joining("\n"));
    List<UnseenTextCase.Hidden> leaked = new ArrayList<>();
    List<UnseenTextCase.Hidden> untold = new ArrayList<>();
    for (UnseenTextCase.Hidden hidden : one.hidden()) {
      String text = folded(hidden.text());
      if (!text.isEmpty() && shown.contains(text)) {
        leaked.add(hidden);
      }
      String beginning = text.substring(0, Math.min(text.length(), 100)).strip();
      boolean inkless = hidden.kind().matches("zero-width|tag-characters|variation-selectors");
      if (!inkless && !beginning.isEmpty() && !told.contains(beginning)) {
        untold.add(hidden);
      }
    }
    List<String> lost =
        one.visible().stream().filter(text -> !visible.contains(folded(text))).toList();
    return new Row(one, leaked, untold, lost, findings.injections());
  }

  /** One blank for any run of them. */
  private static String folded(String text) {
    return text.replace('\u00a0', ' ').strip().replaceAll("\\s+", " ");
  }

  /** Figures of all mails. */
  public Figures total() {
    return figures(rows);
  }

  /** Figures by class of the corpus. */
  public Map<String, Figures> byClass() {
    return by(row -> row.mail().kind());
  }

  /** Figures by language. */
  public Map<String, Figures> byLanguage() {
    return by(row -> row.mail().language());
  }

  private Map<String, Figures> by(Function<Row, String> key) {
    Map<String, Figures> figures = new TreeMap<>();
    rows.stream()
        .collect(Collectors.groupingBy(key))
        .forEach((name, some) -> figures.put(name, figures(some)));
    return figures;
  }

  /** Share of hidden texts that are kept out of what is shown, 0 to 1. */
  public double keptOut() {
    Figures all = total();
    return all.hidden() == 0 ? 1 : 1 - (double) all.leaked() / all.hidden();
  }

  /** Share of mails with an instruction in which one is found, 0 to 1. */
  public double recall() {
    return share(false, true);
  }

  /** Share of harmless mails in which an instruction is found, 0 to 1. */
  public double flaggedHarmless() {
    return share(true, false);
  }

  private double share(boolean harmless, boolean right) {
    List<Row> some = rows.stream().filter(row -> row.mail().harmless() == harmless).toList();
    long count = some.stream().filter(row -> row.judgedRight() == right).count();
    return some.isEmpty() ? 0 : (double) count / some.size();
  }

  private static Figures figures(List<Row> rows) {
    return new Figures(
        rows.size(),
        rows.stream().mapToInt(row -> row.mail().hidden().size()).sum(),
        rows.stream().mapToInt(row -> row.leaked().size()).sum(),
        rows.stream().mapToInt(row -> row.untold().size()).sum(),
        rows.stream().mapToInt(row -> row.mail().visible().size()).sum(),
        rows.stream().mapToInt(row -> row.lost().size()).sum(),
        (int) rows.stream().filter(row -> !row.judgedRight()).count());
  }
}
