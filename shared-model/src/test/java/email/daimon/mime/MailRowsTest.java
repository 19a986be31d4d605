package email.daimon.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails that parsers differ on, each with the reading that is right. */
class MailRowsTest {
  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "iso-8859-1, windows-1252, Grüße – €",
    "latin1, iso-8859-1, Grüße",
    "\"'iso-8859-1'\", iso-8859-1, Grüße",
    "iso8859_15, iso-8859-15, Œuvre à 5 €",
    "iso-8859-2, iso-8859-2, Zażółć gęślą jaźń",
    "windows1250, windows-1250, Žluťoučký kůň",
    "cp-1251, windows-1251, Привет",
    "win-1251, windows-1251, Привет",
    "koi8r, koi8-r, Привет",
    "koi8-u, koi8-u, Привіт її",
    "x-mac-cyrillic, x-maccyrillic, Привет",
    "ibm866, ibm866, Привет",
    "iso-8859-7, iso-8859-7, Καλημέρα",
    "windows_1253, windows-1253, Καλημέρα",
    "iso-8859-8-i, iso-8859-8, שלום",
    "logical, iso-8859-8, שלום",
    "cp1255, windows-1255, שלום",
    "windows-1256, windows-1256, مرحبا",
    "iso-8859-9, windows-1254, İstanbul ığdır",
    "tis-620, x-windows-874, สวัสดี",
    "windows-1258, windows-1258, đăng nh",
    "iso-2022-jp, iso-2022-jp, こんにちは",
    "x-sjis, windows-31j, こんにちは①",
    "euc-jp, euc-jp, こんにちは",
    "ks_c_5601-1987, ms949, 안녕하세요 똠",
    "euc-kr, ms949, 안녕하세요",
    "iso-2022-kr, iso-2022-kr, 안녕하세요",
    "gb2312, gb18030, 你好㐀",
    "cp936, gb18030, 你好",
    "big5, x-windows-950, 你好",
    "big5, big5-hkscs, 你好嘅喺",
    "utf8, utf-8, Grüße",
    "utf-8, utf-8, Grüße 🎉",
    "utf-16, utf-16le, Hello there",
    "utf-16, utf-16be, Hello there",
    "utf-16le, utf-16le, Grüße",
    "us-ascii, utf-8, Grüße",
    "us-ascii, windows-1252, Grüße",
    "ansi, windows-1252, Grüße",
    "utf-8, windows-1252, Grüße aus Köln",
    "no-such-charset, utf-8, Grüße",
    "no-such-charset, windows-1252, Grüße",
    "unknown-8bit, utf-8, Привет",
    "8bit, windows-1252, Grüße",
  })
  void aTextInTheCharsetThatIsMeant(String declared, String written, String text) {
    byte[] bytes = text.getBytes(Charset.forName(written));
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    String head = "Content-Transfer-Encoding: base64\n\n";

    assertThat(read("Content-Type: text/plain; charset=" + declared + "\n" + head + body).text())
        .hasValue(text);
    if (declared.indexOf('"') < 0) {
      String word = "=?" + declared + "?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
      assertThat(read("Subject: " + word + "\n\nx").subject()).isEqualTo(text);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "utf-7, 48692B41504D2D, Hi+APM-",
    "unicode-1-1-utf-7, 2B41505967416F2D, +APYgAo-",
  })
  void utf7IsDecodedByHand(String declared, String hex, String ascii) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(new String(bytes, UTF_8)).startsWith(ascii.substring(0, 2));
    assertThat(text("text/plain; charset=" + declared, ascii))
        .doesNotContain("+A")
        .isEqualTo(Utf7.decode(ascii.getBytes(UTF_8), 0, ascii.length()));
  }

  @Test
  void charsetsThatTheJdkDoesNotKnow() {
    assertThat(text("text/plain; charset=hz-gb-2312", "This is ~{<:Ky2;S{#,NpJ)l6HK!#~} ~~ Bye."))
        .isEqualTo("This is 己所不欲，勿施於人。 ~ Bye.");
    assertThat(read("Subject: =?iso-8859-14?Q?=A1=D0=F0?= =?iso-8859-10?Q?=A1=FF?=\n\nx").subject())
        .isEqualTo("ḂŴŵĄĸ");
  }

  @Test
  void japaneseThatDeclaresNothing() {
    String raw = "\u001b$B$3$s\u001b(B ok";

    assertThat(read("Subject: " + raw + "\n\n" + raw).subject()).isEqualTo("こん ok");
    assertThat(text("text/plain", raw)).isEqualTo("こん ok");
    assertThat(text("text/plain; charset=us-ascii", raw)).isEqualTo("こん ok");
  }

  @Test
  void oneBrokenByteDoesNotTurnATextIntoAnother() {
    byte[] korean = "안녕하세요 여러분 반갑습니다 오늘은".getBytes(Charset.forName("ms949"));
    korean[0] = (byte) 0xff;
    String found = text("text/plain; charset=euc-kr", new String(korean, ISO_8859_1));

    assertThat(found).endsWith(" 여러분 반갑습니다 오늘은");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '^',
      value = {
        // Raw bytes within a word are in its charset.
        "=?iso-8859-1?Q?Fr\u00f6sche?= ^ Frösche",
        "=?windows-1251?Q?\u00cf\u00f0\u00e8?= ^ При",
        // Characters cut in two, with and without padding between.
        "=?utf-8?B?w7w=?= =?utf-8?B?4oI=?= =?UTF8?B?rA==?= ^ ü€",
        "=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?= ^ Grüße",
        "=?iso-2022-jp?B?GyRCJDM=?= =?iso-2022-jp?B?JHMbKEI=?= ^ こん",
        // Language (RFC 2231, 5), lower case, blanks, no blank between, none at all between.
        "=?utf-8*en?q?a=c3=bc?= ^ aü",
        "=?utf-8?Q?a b_c?= ^ a b c",
        "=?utf-8?Q?a?==?utf-8?Q?b?= ^ ab",
        "x=?utf-8?Q?=C3=BC?=y ^ xüy",
        "(=?utf-8?Q?=C3=BC?=) ^ (ü)",
        "=?utf-8?Q?a?=  =?utf-8?Q?_b?= c ^ a b c",
        "=?utf-8?X?abc?= ^ =?utf-8?X?abc?=",
        "=?utf-8?Q?never ended ^ =?utf-8?Q?never ended",
        "=?no-such?Q?=C3=BC?= ^ ü",
        // Raw bytes of either kind.
        "Gr\u00fc\u00dfe ^ Grüße",
        "Gr\u00c3\u00bc\u00c3\u009fe ^ Grüße",
      })
  void subjects(String raw, String subject) {
    assertThat(read("Subject: " + raw + "\n\nx").subject()).isEqualTo(subject);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '^',
      value = {
        "filename*=UTF-8''na%C3%AFve%20file.txt ^ naïve file.txt",
        "filename*=utf-8'en'na%c3%afve.txt ^ naïve.txt",
        "filename*=iso-8859-1''na%EFve.txt ^ naïve.txt",
        "filename*=windows-1251''%CF%F0%E8.txt ^ При.txt",
        "filename*0*=UTF-8''na%C3; filename*1*=%AFve; filename*2=.txt ^ naïve.txt",
        "filename*1=b.txt; filename*0=a ^ ab.txt",
        "filename*0=\"a \"; filename*1=\"b.txt\" ^ a b.txt",
        "filename=x.txt; filename*=UTF-8''y.txt ^ y.txt",
        "filename*=\"UTF-8''quoted%20all.txt\" ^ quoted all.txt",
        "filename*=UTF-8'one-quote.txt ^ one-quote.txt",
        "filename*=plain.txt ^ plain.txt",
        "filename*=UTF-8''100%zz.txt ^ 100%zz.txt",
        "filename*=no-such''na%C3%AFve.txt ^ naïve.txt",
        "filename=\"=?utf-8?Q?na=C3=AFve.txt?=\" ^ naïve.txt",
        "filename==?utf-8?B?bmHDr3ZlLnR4dA==?= ^ naïve.txt",
        "filename*0=\"=?utf-8?B?bmHD\"; filename*1=\"r3ZlLnR4dA==?=\" ^ naïve.txt",
        "filename=\"na\u00efve.txt\" ^ naïve.txt",
        "filename=\"na\u00c3\u00afve.txt\" ^ naïve.txt",
        "filename=two words.txt ^ two words.txt",
        "filename=\"a \\\"b\\\".txt\" ^ a \"b\".txt",
        "filename=\"never ended.txt ^ never ended.txt",
        "name=\"of the type.txt\" ^ of the type.txt",
        "FILENAME=upper.txt ^ upper.txt",
        "filename = spaced.txt ^ spaced.txt",
        "filename=first.txt; filename=second.txt ^ first.txt",
      })
  void names(String parameter, String name) {
    String type = "Content-Type: application/pdf; name=\"=?utf-8?Q?other.pdf?=\"\n";
    Mail mail = read(type + "Content-Disposition: attachment; " + parameter + "\n\nx");

    assertThat(mail.attachments().getFirst().declaredName()).hasValue(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/passwd", "C:\\Users\\me\\passwd", "/etc/passwd", "\u202epasswd"})
  void aNameIsNoPath(String name) {
    String parameter = name.replace("\\", "\\\\");
    byte[] raw =
        ("Content-Type: image/png\r\nContent-Disposition: attachment; filename=\""
                + parameter
                + "\"\r\n\r\nx")
            .getBytes(UTF_8);

    assertThat(parse(raw).attachments().getFirst().filename()).isEqualTo("passwd");
  }

  @Test
  void flowedTextIsJoinedByQuoteDepth() {
    String flowed = "text/plain; format=flowed";

    assertThat(text(flowed, "a \nb\nc")).isEqualTo("a b\nc");
    assertThat(text(flowed, "> a \n> b\n>> c \n> d")).isEqualTo("> a b\n>> c \n> d");
    assertThat(text(flowed, "-- \nAda \nLovelace")).isEqualTo("-- \nAda Lovelace");
    assertThat(text(flowed, "text \n-- \nAda")).isEqualTo("text \n-- \nAda");
    assertThat(text(flowed, " >no quote\n From\n  x")).isEqualTo(">no quote\nFrom\n x");
    assertThat(text(flowed + "; delsp=yes", "こん \nにちは")).isEqualTo("こんにちは");
    assertThat(text(flowed + "; DelSp=Yes", "a  \nb")).isEqualTo("a b");
  }

  @Test
  void multipartsWithBoundariesThatAreOdd() {
    String parts = "--%1$s\nContent-Type: text/plain\n\nin it\n--%1$s--\n";
    for (String boundary : List.of("", "; boundary=", "; boundary=\"\"", "; x=y")) {
      assertThat(text("multipart/mixed" + boundary, parts.formatted("found-by-itself")))
          .isEqualTo("in it");
    }
    assertThat(text("multipart/mixed; boundary=\"a b\"", parts.formatted("a b")))
        .isEqualTo("in it");
    assertThat(text("multipart/mixed; boundary='q'", parts.formatted("'q'"))).isEqualTo("in it");
    String inner = "--a\nContent-Type: multipart/mixed; boundary=\"a--\"\n\n";
    assertThat(
            text(
                "multipart/mixed; boundary=a",
                inner + "--a--\n\none\n--a----\n--a\n\ntwo\n--a--\n"))
        .contains("one")
        .contains("two");
    assertThat(text("multipart/mixed; boundary=b", "--b\nContent-Type: text/plain\n\ncut of"))
        .isEqualTo("cut of");
    assertThat(text("multipart/mixed; boundary=never", "just text\n")).contains("just text");
  }

  @Test
  void encodingsWithFlaws() {
    String base64 = "Content-Transfer-Encoding: base64\n\n";
    assertThat(read(base64 + "SGVsbG8g*!d29y\nbGQ=").text()).hasValue("Hello world");
    assertThat(read(base64 + "SGVsbG8=IHdvcmxk").text()).hasValue("Hello world");
    assertThat(read(base64 + "SGVsbG8").text()).hasValue("Hello");
    String printable = "Content-Transfer-Encoding: Quoted-Printable \n\n";
    assertThat(read(printable + "=c3=\n=bc =ZZ =e2=82=ac x=").text()).hasValue("ü =ZZ € x");
    assertThat(read("Content-Transfer-Encoding: 7-bit\n\nx=20y").text()).hasValue("x=20y");
  }

  @Test
  void linesThatEndOtherwise() {
    byte[] cr = "From: a@b.c\rSubject: bare\r\rone\rtwo\r".getBytes(UTF_8);
    assertThat(parse(cr).subject()).isEqualTo("bare");
    assertThat(parse(cr).text()).hasValue("one\ntwo\n");
    assertThat(parse("Subject: lf\n\nx\0y\n".getBytes(UTF_8)).text()).hasValue("xy\n");
    assertThat(parse("no header at all\r\nhere\r\n".getBytes(UTF_8)).text())
        .hasValue("no header at all\nhere\n");
    assertThat(parse("From ann Sat Nov 21 2026\r\nSubject: x\r\n\r\ny".getBytes(UTF_8)).subject())
        .isEqualTo("x");
    assertThat(parse(new byte[0]).text().orElse("")).isEmpty();
  }

  @Test
  void ofTwoFieldsTheFirstCounts() {
    Mail mail =
        read(
            "Subject: one\nSubject: two\nFrom: a@b.c\nFrom: d@e.f\nMessage-ID: <1@x>\n"
                + "Message-ID: <2@x>\nTo: t@x\nTo: u@x\n\ntext");

    assertThat(mail.subject()).isEqualTo("one");
    assertThat(mail.from()).extracting(MailAddress::address).containsExactly("a@b.c");
    assertThat(mail.messageId()).hasValue("1@x");
    assertThat(mail.to()).extracting(MailAddress::address).containsExactly("t@x", "u@x");
    assertThat(mail.warnings()).contains(Warning.TWO_FROM_FIELDS, Warning.REPEATED_FIELD);
  }

  private static String text(String type, String body) {
    return read("Content-Type: " + type + "\n\n" + body).text().orElse("");
  }

  /** Of characters up to U+00FF each is a byte; other texts are UTF-8. */
  private static Mail read(String mail) {
    boolean bytes = mail.chars().allMatch(c -> c <= 0xff);
    return parse(mail.replace("\n", "\r\n").getBytes(bytes ? ISO_8859_1 : UTF_8));
  }

  private static Mail parse(byte[] raw) {
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
    assertThat(Optional.of(mail)).isPresent();
    return mail;
  }
}
