package email.daimon.understand.testing;

import email.daimon.understand.testing.VariantForms.Layout;
import email.daimon.understand.testing.VariantForms.Line;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one variant: fills a layout, and knows what is new in it. */
final class VariantWriter {
  private static final Pattern FIELD = Pattern.compile("\\{([^}]+)}");
  private static final Pattern WORD = Pattern.compile("\\$([a-z0-9]+)");
  private static final Pattern ADDED = Pattern.compile("(?s)\\[\\[(.*?)]]");
  private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he");
  private static final Set<String> LANGUAGES_OF_GMX = Set.of("de", "en", "es", "fr", "it");
  private static final int WIDTH = 72;

  private final VariantForms forms;
  private final String language;
  private final Layout layout;
  private final Random chance;
  private final ZonedDateTime date;
  private final String name;
  private final String address;
  private final List<String> own;
  private final List<String> old;

  VariantWriter(VariantForms forms, String language, Layout layout) {
    this.forms = forms;
    this.language = language;
    this.layout = layout;
    this.chance = new Random((language + '/' + layout).hashCode());
    this.date =
        ZonedDateTime.of(2023, 1, 1, 8, 0, 0, 0, ZoneOffset.ofHours(1))
            .plusMinutes(chance.nextInt(60 * 24 * 700));
    this.name = forms.texts(language, "name").getFirst();
    this.address = "contact." + language.replace('_', '-') + "@mail.example.net";
    List<String> sentences = new ArrayList<>(forms.texts(language, "own"));
    Collections.shuffle(sentences, chance);
    List<String> anyLanguage = forms.texts("any", "own");
    if (chance.nextInt(3) == 0) {
      sentences.set(chance.nextInt(2), anyLanguage.get(chance.nextInt(anyLanguage.size())));
    }
    this.own = sentences.subList(0, 2);
    this.old = forms.texts(language, "old");
  }

  Variant write() {
    List<String> closing = new ArrayList<>();
    boolean closes = !layout.style().equals("inline") && chance.nextInt(10) < 4;
    if (closes) {
      closing.addAll(List.of("", forms.texts(language, "bye").getFirst(), "Robin Falk"));
    }
    List<String> written = new ArrayList<>(own);
    if (chance.nextBoolean()) {
      written.add(1, "");
    }
    List<String> all = new ArrayList<>(written);
    all.addAll(closing);
    List<String> added = new ArrayList<>();
    String form =
        ADDED
            .matcher(layout.form())
            .replaceAll(found -> {
              String filled = filled(found.group(1), all);
              added.add(filled);
              return quotedForReplacement(filled);
            });
    String input = filled(form, all);
    if (!layout.html() && chance.nextInt(5) == 0) {
      input = input.replace("\n", "\r\n");
    }
    String id =
        String.join(
            "/",
            language,
            layout.client(),
            layout.html() ? "html" : "text",
            layout.style() + layout.number());
    return new Variant(
        id,
        language,
        layout.client(),
        layout.style(),
        layout.html(),
        input,
        readings(written, all, added));
  }

  private List<String> readings(List<String> written, List<String> all, List<String> added) {
    Set<String> readings = new LinkedHashSet<>();
    if (layout.style().equals("inline")) {
      String line = line();
      for (String mark : List.of("> ", "")) {
        String between =
            String.join("\n", mark + old.get(0), own.get(0), mark + old.get(1), own.get(1));
        readings.add(between);
        readings.add(line + "\n" + between);
      }
      readings.add(String.join("\n", own));
      return List.copyOf(readings);
    }
    for (List<String> lines : List.of(written, all)) {
      String text = String.join("\n", lines);
      readings.add(text);
      for (String more : added) {
        readings.add(text + "\n" + more.replaceAll("<[a-z/][^>]*>", layout.html() ? "" : "$0"));
      }
    }
    return List.copyOf(readings);
  }

  private String filled(String form, List<String> all) {
    return WORD.matcher(form).replaceAll(found -> quotedForReplacement(word(found, all)));
  }

  private static String quotedForReplacement(String text) {
    return Matcher.quoteReplacement(text);
  }

  private String word(MatchResult found, List<String> all) {
    String word = found.group(1);
    return switch (word) {
      case "own" -> layout.html() ? String.join("<br>", escaped(all)) : String.join("\n", all);
      case "divs" -> wrapped(all, "<div>", "</div>", "<br>");
      case "mso" ->
          wrapped(
              all,
              "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt\">",
              "<o:p></o:p></span></p>",
              "&nbsp;");
      case "one" -> text(own.get(0));
      case "two" -> text(own.get(1));
      case "q1" -> (layout.html() ? "" : "> ") + text(old.get(0));
      case "q2" -> (layout.html() ? "" : "> ") + text(old.get(1));
      case "old" ->
          layout.html() ? wrapped(old, "<div>", "</div>", "<br>") : String.join("\n\n", old);
      case "quoted" -> "> " + String.join("\n>\n> ", old);
      case "line" -> shownLine();
      case "wholeline" -> line();
      case "quotedline" -> "> " + line();
      case "block" -> block("from", "sent", "to", "subject");
      case "ccblock" -> block("from", "sent", "to", "cc", "subject");
      case "starblock" ->
          block("from", "sent", "to", "subject").replaceAll("(?m)^([^:]*:)", "*$1*");
      case "datedblock" -> block("from", "date", "to", "subject");
      case "gmxblock" -> block("sent", "from", "to", "subject");
      case "fixedblock" -> block("from", "to", "cc", "sent", "subject");
      case "name" -> text(name);
      case "mail" -> address;
      case "topic" -> text(topic());
      case "longdate" -> text(longDate());
      case "gmaildate" -> text(dates("{EEE, MMM d, yyyy} at {h:mm a}", Locale.US));
      default ->
          text(forms.label(word, language).orElseThrow(() -> new IllegalStateException(word)));
    };
  }

  private String topic() {
    return "RE: " + old.get(0).substring(0, Math.min(24, old.get(0).length()));
  }

  private String longDate() {
    Locale locale = forms.locale(language);
    return date.format(localized(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL), locale))
        + ' '
        + date.format(localized(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), locale));
  }

  /**
   * Header lines with the labels of the language; those clients that have few languages use
   * English.
   */
  private String block(String... keys) {
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String label = forms.label(key, labels()).orElseThrow();
      String value =
          switch (key) {
            case "from" -> '"' + name + "\" <" + address + '>';
            case "to" -> "mark@example.org";
            case "cc" ->
                layout.client().equals("naver")
                    ? ""
                    : "Ada Moss <ada@example.org>; team@example.org";
            case "subject" -> topic();
            default -> longDate();
          };
      boolean spaced = labels().equals("fr");
      String mark = RIGHT_TO_LEFT.contains(labels()) && chance.nextInt(3) == 0 ? "\u200f" : "";
      String head = mark + label + (spaced ? "\u00a0:" : ":");
      lines.add(layout.html() ? "<b>" + text(head) + "</b> " + text(value) : head + ' ' + value);
    }
    return String.join(layout.html() ? "<br>" : "\n", lines);
  }

  private String labels() {
    return switch (layout.client()) {
      case "naver" -> "en";
      case "qq" -> language.startsWith("zh") ? "zh_cn" : "en";
      case "gmx" -> LANGUAGES_OF_GMX.contains(language) ? language : "en";
      default -> language;
    };
  }

  private String shownLine() {
    String line = line();
    if (layout.html()) {
      return text(line).replace(address, "<a href=\"mailto:" + address + "\">" + address + "</a>");
    }
    int end = line.lastIndexOf(' ', WIDTH);
    return line.length() > WIDTH && end > 0 && chance.nextBoolean()
        ? line.substring(0, end) + '\n' + line.substring(end + 1)
        : line;
  }

  private String line() {
    String client = layout.client().equals("ios") ? "apple" : layout.client();
    Line line = forms.line(client, language);
    String filled = dates(line.form(), line.locale());
    return layout.client().equals("apple") ? filled.replace(" :", "\u00a0:") : filled;
  }

  private String dates(String form, Locale locale) {
    return FIELD
        .matcher(form)
        .replaceAll(found ->
            quotedForReplacement(
                switch (found.group(1)) {
                  case "name" -> name;
                  case "mail" -> address;
                  default ->
                      date.format(localized(DateTimeFormatter.ofPattern(found.group(1)), locale));
                }));
  }

  private static DateTimeFormatter localized(DateTimeFormatter format, Locale locale) {
    return format.withLocale(locale).withDecimalStyle(DecimalStyle.of(locale));
  }

  private String text(String text) {
    return layout.html() ? escaped(text) : text;
  }

  private static List<String> escaped(List<String> lines) {
    return lines.stream().map(VariantWriter::escaped).toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String wrapped(List<String> lines, String open, String close, String empty) {
    StringBuilder all = new StringBuilder();
    for (String line : lines) {
      all.append(open).append(line.isEmpty() ? empty : escaped(line)).append(close);
    }
    return all.toString();
  }
}
