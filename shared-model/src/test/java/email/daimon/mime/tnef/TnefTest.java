package email.daimon.mime.tnef;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** winmail.dat, made here byte by byte, by the examples of Microsoft's papers, and damaged. */
class TnefTest {
  private static final CodePages CODE_PAGES =
      (bytes, offset, length, page) ->
          new String(
              bytes, offset, length, page == 1251 ? Charset.forName("windows-1251") : ISO_8859_1);

  @Test
  void theExamplesOfCompressedRtf() {
    // MS-OXRTFCP, 3.1.1 and 3.1.2: without and with a reference that crosses what it writes.
    assertThat(
            expanded(
                "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062"
                    + "7705b06c647d0a800fa0"))
        .isEqualTo("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    assertThat(expanded("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"))
        .isEqualTo("{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    assertThat(CompressedRtf.decompress(new byte[15], 0, 15)).isEmpty();
  }

  @Test
  void whatClaimsToBeHugeTakesNoMoreThanItsBytesGive() {
    byte[] claim = HexFormat.of().parseHex("00000000ffffff7f4c5a467500000000" + "00414141");

    assertThat(CompressedRtf.decompress(claim, 0, claim.length).orElseThrow()).hasSizeLessThan(40);
  }

  @Test
  void htmlIsTakenOutOfRtf() {
    assertThat(rtf("{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}a\\htmlrtf b\\htmlrtf0 c\\par}"))
        .isEqualTo(new RtfText.Found("<p>ac\n", true));
    assertThat(
            rtf("{\\rtf1{\\f1\\fcharset204}{\\fonttbl{\\f1\\fcharset204 A;}}\\f1\\'cf\\u8364?x}"))
        .isEqualTo(new RtfText.Found("П€x", false));
    assertThat(rtf("{\\rtf1{\\info secret}{\\*\\unknown x}one\\line two\\bin3 {{{ three\\tab\\{}"))
        .isEqualTo(new RtfText.Found("one\ntwo three\t{", false));
  }

  @Test
  void deepRtfIsReadWithoutRecursion() {
    assertThat(rtf("{".repeat(500_000) + "deep" + "}".repeat(500_000)).text()).isEqualTo("deep");
    assertThat(rtf("}".repeat(100_000) + "x").text()).isEqualTo("x");
  }

  @Test
  void attributesThatDoNotFitEndTheStream() {
    byte[] whole = stream(attribute(2, 0x18010, "a.txt\0"), attribute(2, 0x6800F, "0123456789"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Tnef.read(cut, 0, length, CODE_PAGES)
          .ifPresent(content -> assertThat(content.files()).hasSizeLessThan(2));
    }
    TnefFile file = Tnef.read(whole, 0, whole.length, CODE_PAGES).orElseThrow().files().getFirst();
    assertThat(new String(whole, file.start(), file.end() - file.start(), ISO_8859_1))
        .isEqualTo("0123456789");
    assertThat(file.name()).hasValue("a.txt");
    byte[] negative = stream(new byte[] {1, 0, 0, 0, 0, -1, -1, -1, -1, 0, 0});
    assertThat(Tnef.read(negative, 0, negative.length, CODE_PAGES)).isPresent();
  }

  @Test
  void filesWithoutEndAreBounded() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(stream());
    for (int i = 0; i < 20_000; i++) {
      all.writeBytes(attribute(2, 0x69002, "x"));
      all.writeBytes(attribute(2, 0x6800F, "y"));
    }

    assertThat(Tnef.read(all.toByteArray(), 0, all.size(), CODE_PAGES).orElseThrow().files())
        .hasSize(TnefContent.MOST_FILES);
  }

  @Test
  void noBytesMakeItThrow() {
    byte[] text = "Body of it\0".getBytes(UTF_16LE);
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    properties.writeBytes(new byte[] {2, 0, 0, 0, 0x1f, 0, 0, 0x10, 1, 0, 0, 0, 22, 0, 0, 0});
    properties.writeBytes(text);
    properties.writeBytes(new byte[] {0, 0, 2, 1, 9, 0x10, 1, 0, 0, 0, 28, 0, 0, 0});
    properties.writeBytes(
        HexFormat.of().parseHex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"));
    byte[] mail = properties.toByteArray();
    byte[] whole =
        stream(
            attribute(1, 0x69003, new String(mail, ISO_8859_1)),
            attribute(2, 0x69002, "x"),
            attribute(2, 0x69005, new String(mail, ISO_8859_1)));
    assertThat(Tnef.read(whole, 0, whole.length, CODE_PAGES).orElseThrow().text())
        .hasValue("Body of it");
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        damaged[6 + random.nextInt(damaged.length - 6)] = (byte) random.nextInt(256);
      }
      int from = random.nextInt(damaged.length);
      Tnef.read(damaged, 0, 6 + random.nextInt(damaged.length - 5), CODE_PAGES);
      RtfText.of(Arrays.copyOfRange(damaged, from, damaged.length), CODE_PAGES);
      CompressedRtf.decompress(damaged, from, damaged.length);
    }
  }

  private static String expanded(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return new String(CompressedRtf.decompress(bytes, 0, bytes.length).orElseThrow(), ISO_8859_1);
  }

  private static RtfText.Found rtf(String text) {
    return RtfText.of(text.getBytes(ISO_8859_1), CODE_PAGES);
  }

  private static byte[] stream(byte[]... attributes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {0x78, (byte) 0x9f, 0x3e, 0x22, 1, 0});
    for (byte[] attribute : attributes) {
      all.writeBytes(attribute);
    }
    return all.toByteArray();
  }

  private static byte[] attribute(int level, int id, String data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(level);
    for (int number : new int[] {id, data.length()}) {
      for (int shift = 0; shift < 32; shift += 8) {
        all.write(number >> shift);
      }
    }
    all.writeBytes(data.getBytes(ISO_8859_1));
    all.writeBytes(new byte[2]);
    return all.toByteArray();
  }
}
