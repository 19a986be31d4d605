package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** What callers may ask for at worst: international, long, and meant to break out of its field. */
final class HostileRequests {
  private static final String[] SHARDS = {
    "Hello",
    "offer",
    " ",
    "  ",
    ",",
    ";",
    ":",
    "<",
    ">",
    "@",
    "\"",
    "\\",
    "(",
    ")",
    "'",
    "=",
    "?",
    "_",
    "=?utf-8?Q?evil?=",
    "=?",
    "?=",
    "%0D%0A",
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\t",
    "\u0085",
    "\u2028",
    "\r\nBcc: evil@evil.example\r\n",
    "\n\nBcc: evil@evil.example",
    "\r\n.\r\nMAIL FROM:<>\r\n",
    "\r\n\r\n--",
    "--=_",
    "Grüße",
    "naïve",
    "ß",
    "€",
    "Ω",
    "привет мир",
    "日本語のメール",
    "件名：テスト",
    "안녕하세요",
    "שלום",
    "مرحبا بالعالم",
    "\u202egpj.exe",
    "👩‍👩‍👧‍👦",
    "🎉",
    "𝔘𝔫𝔦",
    "e\u0301",
    "\ud800",
    "\udc00x",
    "\ufeff",
    "\u00a0",
    "\u00ad",
    "x".repeat(90),
    "ü".repeat(90),
    "😀".repeat(40),
    "word ".repeat(30),
    "https://x.example/?a=b&c=d#" + "z".repeat(120),
    "&#64;",
    "../",
    "C:\\",
    "\u007f",
    "\u001b[31m",
    "name*0*=utf-8''",
    "a.b",
    ".",
    "..",
    "-- ",
    "From ",
    "-",
    "1",
    "I'm"
  };
  private static final String[] LINES = {
    "",
    ".",
    "..",
    ".dot",
    "From here",
    "From: me",
    ">From",
    "-- ",
    "trailing   ",
    "\ttab\t",
    "=20",
    "=",
    "--=_",
    "--",
    "a line",
    "Grüße aus Köln",
    "日本語",
    "🎉 party",
    "x".repeat(75),
    "x".repeat(76),
    "x".repeat(77),
    "x".repeat(78),
    "x".repeat(79),
    "y ".repeat(600),
    "z".repeat(1200),
    "é".repeat(400),
    "Content-Type: text/html",
    "Bcc: evil@evil.example",
    "\u0001\u001b",
    "nul \0 here",
    "\ud83d half",
    "x".repeat(74) + ".",
    "x".repeat(73) + "€.",
    "x".repeat(75) + "From there",
    "a\u2028b"
  };
  private static final String[] TYPES = {
    "application/pdf",
    "image/png",
    "text/plain",
    "text/html; charset=utf-8",
    "text/csv",
    "application/octet-stream",
    "no type",
    "text/calendar",
    "multipart/mixed; boundary=x",
    "message/delivery-status",
    "application/x-a;name=\"evil\r\nBcc: x\"",
    "TEXT/Plain; charset=\"utf-8\""
  };
  private static final String[] DOMAINS = {
    "x.example", "bücher.example", "例え.テスト", "sub.domain.of.a-long-name.example", "localhost"
  };
  private static final String[] LOCAL_PARTS = {
    "ada",
    "Ada.Lovelace+tag",
    "\"a b\"",
    "\"a\\\"b\"",
    "\"a,b\"",
    "\"a@b\"",
    "o'neil",
    "a_b-c",
    "x".repeat(64),
    "!#$%&'*+/=?^_`{|}~-"
  };
  private static final Pattern QUOTED = Pattern.compile("^\\s*[\"']|[\"']\\s*$");

  private final Random random;

  HostileRequests(long seed) {
    random = new Random(seed);
  }

  OutgoingMail next() {
    boolean html = chance(60);
    List<OutgoingFile> files = new ArrayList<>();
    for (int i = chance(50) ? random.nextInt(4) : 0; i > 0; i--) {
      files.add(file());
    }
    for (int i = html && chance(40) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      byte[] bytes = bytes(random.nextInt(3_000));
      files.add(
          OutgoingFile.inline(
              text(),
              "image/png",
              chance(50) ? "logo" + i : "p" + i + "@x.example",
              bytes.length,
              () -> new ByteArrayInputStream(bytes)));
    }
    return new OutgoingMail(
        mailbox(),
        mailboxes(chance(30) ? 1 + random.nextInt(2) : 0),
        mailboxes(chance(95) ? 1 + random.nextInt(6) : 0),
        mailboxes(random.nextInt(4)),
        text(),
        body(),
        html ? Optional.of("<p>" + body() + "</p>") : Optional.empty(),
        files,
        headers(),
        "msg_" + Long.toUnsignedString(random.nextLong(), 36) + "@daimon.email",
        Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000)),
        chance(50) ? Optional.of(id()) : Optional.empty(),
        ids(),
        chance(20),
        random.nextInt(4));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String of(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(of(SHARDS));
    }
    return text.toString();
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      body.append(of(LINES));
      body.append(of(new String[] {"\n", "\r\n", "\r", "\n\n", ""}));
    }
    return body.toString();
  }

  private Mailbox mailbox() {
    String name = OneLine.of(QUOTED.matcher(text()).replaceAll(""));
    String shown = QUOTED.matcher(name.substring(0, Math.min(200, name.length()))).replaceAll("");
    return Mailbox.of(of(LOCAL_PARTS) + "@" + of(DOMAINS), OneLine.of(shown));
  }

  private List<Mailbox> mailboxes(int count) {
    Map<String, Mailbox> found = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Mailbox mailbox = mailbox();
      found.putIfAbsent(mailbox.key(), mailbox);
    }
    return List.copyOf(found.values());
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String value = OneLine.of(text());
      while (value.getBytes(UTF_8).length > 900) {
        value = OneLine.of(text());
      }
      if (!value.isEmpty()) {
        headers.put("X-Test-" + i, value);
      }
    }
    if (chance(20)) {
      headers.put(
          "List-Unsubscribe", "<https://x.example/u?" + "q".repeat(random.nextInt(300)) + ">");
      headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    return headers;
  }

  private String id() {
    return switch (random.nextInt(8)) {
      case 0 -> "<" + "i".repeat(200) + "@x.example>";
      case 1 -> "weird id ü@x.example";
      case 2 -> "<no-at-sign" + random.nextInt(100) + ">";
      case 3 -> "<evil@x>\r\nBcc: b@x.example";
      default -> "<" + Long.toHexString(random.nextLong()) + "@Mail.x.example>";
    };
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = chance(50) ? random.nextInt(50) : 0; i > 0; i--) {
      ids.add(id());
    }
    return ids;
  }

  private OutgoingFile file() {
    if (chance(15)) {
      return mail();
    }
    if (chance(15)) {
      byte[] calendar =
          "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Käse\r\nEND:VCALENDAR\r\n".getBytes(UTF_8);
      String type = chance(50) ? "text/calendar; method=REQUEST" : "text/calendar";
      return OutgoingFile.attached(
          "invite.ics", type, calendar.length, () -> new ByteArrayInputStream(calendar));
    }
    byte[] bytes = bytes(chance(20) ? 0 : random.nextInt(5_000));
    return OutgoingFile.attached(
        text(), of(TYPES), bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private OutgoingFile mail() {
    String end = chance(50) ? "\r\n" : "\n";
    boolean ascii = chance(50);
    String raw =
        String.join(
            end,
            "From: \"Jö Müller\" <jo@x.example>",
            "Subject: Grüße an alle",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=inner",
            "",
            "--inner",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            "Schöne Grüße",
            "--inner",
            "Content-Type: application/octet-stream; name=\"Käse.bin\"",
            "Content-Transfer-Encoding: base64",
            "",
            "AAECAwQ=",
            "--inner--",
            "");
    byte[] bytes = (ascii ? raw.replaceAll("[^\\x00-\\x7f]", "e") : raw).getBytes(UTF_8);
    return OutgoingFile.attached(
        "original.eml", "message/rfc822", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
