package email.daimon.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What rule 5.4 says of bytes that leave, checked on the bytes. */
final class Wire {
  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?[^?\\s]+\\?[BbQq]\\?[^?\\s]*\\?=");

  private Wire() {}

  static void check(OutgoingMail mail, byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    assertThat(text.chars().allMatch(c -> c > 0 && c < 127)).as("7-bit").isTrue();
    assertThat(text.replace("\r\n", "")).as("lone CR or LF").doesNotContain("\r", "\n");
    assertThat(text).endsWith("\r\n");
    String header = text.substring(0, text.indexOf("\r\n\r\n") + 2);
    for (String line : text.split("\r\n", -1)) {
      assertThat(line.length()).as(line).isLessThanOrEqualTo(998);
    }
    boolean foreign = mail.files().stream().anyMatch(file -> file.type().isMail());
    if (!foreign) {
      assertThat(text).doesNotContainPattern("(?m)^(\\.|From )");
    }
    for (String line : header.split("\r\n")) {
      assertThat(line.isBlank()).as("blank folded line").isFalse();
      Matcher word = ENCODED_WORD.matcher(line);
      while (word.find()) {
        assertThat(word.group().length()).isLessThanOrEqualTo(75);
        assertThat(line.length()).as(line).isLessThanOrEqualTo(78);
      }
    }
    assertThat(names(header)).isEqualTo(wantedNames(mail, header));
  }

  static List<String> names(String header) {
    return Stream.of(header.split("\r\n"))
        .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }

  static List<String> wantedNames(OutgoingMail mail, String header) {
    List<String> names = new ArrayList<>(List.of("from"));
    add(names, !mail.replyTo().isEmpty(), "reply-to");
    add(names, !mail.to().isEmpty(), "to");
    add(names, !mail.cc().isEmpty(), "cc");
    add(names, !mail.subject().isEmpty(), "subject");
    names.addAll(List.of("date", "message-id"));
    add(names, !WireIds.of(mail.inReplyTo().stream().toList()).isEmpty(), "in-reply-to");
    add(names, !WireIds.of(mail.references()).isEmpty(), "references");
    add(names, mail.automatic(), "auto-submitted");
    add(names, mail.hop() > 0, "x-daimon-hop");
    mail.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    names.addAll(List.of("mime-version", "content-type"));
    boolean multipart = header.contains("Content-Type: multipart/");
    add(names, !multipart, "content-transfer-encoding");
    return names;
  }

  private static void add(List<String> names, boolean wanted, String name) {
    if (wanted) {
      names.add(name);
    }
  }
}
