package email.daimon.understand.trust;

import email.daimon.model.HiddenText;
import email.daimon.model.Injection;
import email.daimon.model.TextSpan;
import email.daimon.understand.html.HiddenPart;
import email.daimon.understand.html.Page;
import email.daimon.understand.unseen.SeenText;
import email.daimon.understand.words.CodePoints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Element;

/** Finds what a mail hides, and what in it speaks to machines. */
public final class TrustReader {
  private static final int LINKS = 100;
  private static final Set<String> CODED =
      Set.of("tag_characters", "variation_selectors", "zero_width");

  private final List<HiddenText> hidden = new ArrayList<>();
  private final Map<String, Injection> injections = new LinkedHashMap<>();
  private final Function<Passage, List<Injection>> instructions;

  private TrustReader(Function<Passage, List<Injection>> instructions) {
    this.instructions = instructions;
  }

  /**
   * What was found.
   *
   * @param visible what a reader of the mail sees
   * @param hidden what a reader does not see, at most {@link HiddenText#MOST}
   * @param injections what tries to instruct a machine, at most {@link Injection#MOST}
   */
  public record Texts(String visible, List<HiddenText> hidden, List<Injection> injections) {
    public Texts {
      Objects.requireNonNull(visible, "visible");
      hidden = List.copyOf(hidden);
      injections = List.copyOf(injections);
    }
  }

  /**
   * Texts around those of a mail.
   *
   * @param fromName display name of the first author
   * @param replyToName display name of whom to answer
   * @param attached texts of attachments, HTML among them
   * @param fields of the header that no program shows
   */
  public record Labels(
      String subject,
      String fromName,
      String replyToName,
      List<String> fileNames,
      List<String> attached,
      List<String> fields) {
    public Labels {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(fromName, "fromName");
      Objects.requireNonNull(replyToName, "replyToName");
      fileNames = List.copyOf(fileNames);
      attached = List.copyOf(attached);
      fields = List.copyOf(fields);
    }

    /** Of a mail with no texts but those of its body. */
    public Labels(String subject, String fromName, String replyToName, List<String> fileNames) {
      this(subject, fromName, replyToName, fileNames, List.of(), List.of());
    }
  }

  /** Reads all texts of a mail. */
  public static Texts texts(
      Labels labels, Optional<String> text, Optional<String> html, Optional<Page> page) {
    TrustReader reader = new TrustReader(InjectionReader::of);
    return reader.read(labels, text, html, page);
  }

  /** What the judge sees of a mail, each of its texts apart. */
  public static List<JudgedText> judged(
      Labels labels, Optional<String> text, Optional<String> html, Optional<Page> page) {
    List<JudgedText> judged = new ArrayList<>();
    TrustReader reader =
        new TrustReader(passage -> {
          judged.add(JudgedText.of(passage));
          return List.of();
        });
    reader.read(labels, text, html, page);
    return judged;
  }

  private Texts read(
      Labels labels, Optional<String> text, Optional<String> html, Optional<Page> page) {
    String plain = text.orElse("");
    SeenText seen = SeenText.of(plain);
    String visible = page.map(Page::text).orElse(seen.text());
    line("subject", labels.subject());
    line("from_name", labels.fromName());
    line("reply_to", labels.replyToName());
    labels.fileNames().forEach(name -> look(Passage.label("attachment_name", spoken(name))));
    body("visible_text", visible);
    page.ifPresent(it -> html(html.orElse(""), it));
    if (page.isPresent() && !sameWords(seen.text(), visible)) {
      body("text_body", seen.text());
    }
    characters("text_body", plain, seen);
    labels.fields().forEach(value -> beside("header", value));
    labels.attached().forEach(this::attached);
    return new Texts(visible, HiddenTexts.most(hidden), List.copyOf(injections.values()));
  }

  /** Whether one is the other up to white space: most programs write a mail twice. */
  private static boolean sameWords(String one, String other) {
    int i = 0;
    int k = 0;
    while (true) {
      while (i < one.length() && isBlank(one.charAt(i))) {
        i++;
      }
      while (k < other.length() && isBlank(other.charAt(k))) {
        k++;
      }
      if (i == one.length() || k == other.length()) {
        return i == one.length();
      }
      if (one.charAt(i++) != other.charAt(k++)) {
        return false;
      }
    }
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == '\u00a0';
  }

  private static String spoken(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String name = dot > 0 && fileName.length() - dot <= 6 ? fileName.substring(0, dot) : fileName;
    return name.replace('_', ' ').replace('-', ' ');
  }

  /** A text that is not shown with the mail. */
  private void beside(String in, String text) {
    look(Passage.unseen(in, text, new TextSpan(0, text.codePointCount(0, text.length()))));
  }

  private void attached(String text) {
    int tag = text.indexOf('<');
    if (tag < 0 || text.indexOf("</", tag) < 0) {
      look(Passage.seen("attachment", text));
      return;
    }
    Page page = Page.of(text);
    look(Passage.seen("attachment", page.text()));
    page.hidden().forEach(part -> beside("attachment", part.text()));
  }

  private void line(String in, String text) {
    if (!text.isEmpty()) {
      SeenText seen = SeenText.of(text);
      look(Passage.label(in, seen.text()));
      characters(in, text, seen);
    }
  }

  private void body(String in, String text) {
    look(Passage.seen(in, text));
    CodePoints points = new CodePoints(text);
    for (Encoded.Found one : Encoded.base64(text)) {
      look(Passage.coded(in, one.text(), points.span(one.start(), one.end())));
    }
    for (Encoded.Found one : Encoded.hex(text)) {
      look(Passage.coded(in, one.text(), points.span(one.start(), one.end())));
    }
    for (Encoded.Found one : CharacterCodes.of(text)) {
      look(Passage.coded(in, one.text(), points.span(one.start(), one.end())));
    }
    for (Encoded.Found one : Encoded.addresses(text)) {
      look(Passage.unseen(in, one.text(), points.span(one.start(), one.end())));
    }
    Encoded.backwards(text)
        .ifPresent(it -> look(Passage.coded(in, it, points.span(0, text.length()))));
    Encoded.rotated(text)
        .ifPresent(it -> look(Passage.coded(in, it, points.span(0, text.length()))));
  }

  /** What invisible characters of a text say. */
  private void characters(String in, String text, SeenText seen) {
    if (seen.hidden().isEmpty()) {
      return;
    }
    List<HiddenText> found = HiddenTexts.ofText(in, text, seen);
    hidden.addAll(found);
    for (int i = 0; i < found.size(); i++) {
      look(Passage.coded(in, seen.hidden().get(i).text(), found.get(i).span()));
    }
  }

  private void html(String html, Page page) {
    List<HiddenPart> parts = page.hidden();
    Set<HiddenPart> injecting = new HashSet<>();
    CodePoints points = new CodePoints(html);
    for (HiddenPart part : parts) {
      String in = part.kind().equals("alt") ? "alt_text" : "html_body";
      TextSpan span = points.span(part.start(), part.end());
      Passage passage =
          CODED.contains(part.kind())
              ? Passage.coded(in, part.text(), span)
              : Passage.unseen(in, part.text(), span);
      if (look(passage)) {
        injecting.add(part);
      }
    }
    hidden.addAll(HiddenTexts.ofHtml(html, parts, injecting));
    for (Unshown.Found one : Unshown.of(html)) {
      look(Passage.unseen("html_body", one.text(), points.span(one.start(), one.end())));
    }
    addresses(page);
  }

  private void addresses(Page page) {
    int links = 0;
    for (Element link : page.document().getElementsByTag("a")) {
      if (++links > LINKS) {
        return;
      }
      Encoded.ofAddress(link.attr("href"))
          .ifPresent(words -> {
            Page.Place place = page.place(link);
            CodePoints points = new CodePoints(page.text());
            look(Passage.unseen("visible_text", words, points.span(place.start(), place.end())));
          });
    }
  }

  /** Whether a passage instructs a machine; each text is told once. */
  private boolean look(Passage passage) {
    List<Injection> found = instructions.apply(passage);
    for (Injection one : found) {
      if (injections.size() < Injection.MOST) {
        injections.putIfAbsent(one.text(), one);
      }
    }
    return !found.isEmpty();
  }
}
