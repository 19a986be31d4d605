package email.daimon.understand.reply;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * By what a line shows that quoted history begins: features, not sentences, so that one rule serves
 * many languages. Every look at a line is bounded by its length.
 */
final class QuoteMarks {
  private static final int LONGEST_ATTRIBUTION = 1_000;
  private static final int LINES_OF_ATTRIBUTION = 4;
  private static final int LINES_OF_HEADER = 8;
  private static final Set<String> LABELS =
      Set.of(
          "from",
          "sent",
          "date",
          "to",
          "cc",
          "subject",
          "reply-to",
          "von",
          "gesendet",
          "datum",
          "an",
          "betreff",
          "de",
          "envoyé",
          "date d'envoi",
          "à",
          "objet",
          "enviado",
          "enviado el",
          "enviada em",
          "para",
          "asunto",
          "assunto",
          "fecha",
          "data",
          "da",
          "inviato",
          "a",
          "oggetto",
          "van",
          "verzonden",
          "aan",
          "onderwerp",
          "från",
          "skickat",
          "till",
          "ämne",
          "fra",
          "sendt",
          "til",
          "emne",
          "dato",
          "lähettäjä",
          "lähetetty",
          "vastaanottaja",
          "aihe",
          "päiväys",
          "od",
          "wysłano",
          "do",
          "temat",
          "data wysłania",
          "odesláno",
          "komu",
          "předmět",
          "predmet",
          "odoslané",
          "от",
          "отправлено",
          "кому",
          "тема",
          "дата",
          "від",
          "надіслано",
          "feladó",
          "elküldve",
          "küldve",
          "címzett",
          "tárgy",
          "dátum",
          "kimden",
          "gönderildi",
          "kime",
          "konu",
          "gönderme tarihi",
          "tarih",
          "από",
          "στάλθηκε",
          "προς",
          "θέμα",
          "ημερομηνία",
          "差出人",
          "送信日時",
          "日時",
          "宛先",
          "件名",
          "送信者",
          "发件人",
          "发送时间",
          "收件人",
          "主题",
          "日期",
          "抄送",
          "寄件者",
          "寄件人",
          "收件者",
          "主旨",
          "보낸 사람",
          "보낸 날짜",
          "받는 사람",
          "제목",
          "날짜",
          "מאת",
          "נשלח",
          "אל",
          "נושא",
          "تاريخ",
          "من",
          "إلى",
          "الموضوع",
          "de la",
          "trimis",
          "către",
          "subiect",
          "šalje",
          "poslano",
          "za",
          "poslato",
          "nuo",
          "tema",
          "kepada",
          "dari",
          "subjek",
          "tanggal",
          "dikirim",
          "ngày",
          "đến",
          "chủ đề",
          "từ");
  private static final List<String> WROTE =
      List.of(
          "wrote",
          "writes",
          "schrieb",
          "a écrit",
          "escribió",
          "escreveu",
          "ha scritto",
          "schreef",
          "skrev",
          "kirjoitti",
          "napisał",
          "napsal",
          "napísal",
          "написал",
          "пишет",
          "написав",
          "írta",
          "yazdı",
          "έγραψε",
          "のメッセージ",
          "書きました",
          "写道",
          "寫道",
          "작성",
          "כתב",
          "كتب",
          "a scris",
          "napisao",
          "je napisal",
          "parašė",
          "menulis",
          "đã viết",
          "geschreven",
          "skrifaði",
          "raksta",
          "kirjutas",
          "написа",
          "wrote");

  private final List<String> lines;
  private int dateLine = -1;

  QuoteMarks(List<String> lines) {
    this.lines = lines;
  }

  /** Whether history begins with the line: a divider, a header block or an attribution. */
  boolean at(int index) {
    String line = lines.get(index).strip();
    if (line.isEmpty() || line.length() > LONGEST_ATTRIBUTION) {
      return false;
    }
    return isDivider(line) || isHeaderBlock(index) || attribution(index) > 0;
  }

  /** {@code -----Original Message-----} in any language. */
  private static boolean isDivider(String line) {
    if (line.length() > 80 || !line.startsWith("--") || !line.endsWith("--")) {
      return false;
    }
    int letters = 0;
    for (int i = 0; i < line.length(); i++) {
      letters += Character.isLetter(line.charAt(i)) ? 1 : 0;
    }
    return letters >= 4;
  }

  /** Three known labels in a few lines, one of them with an address or a date. */
  private boolean isHeaderBlock(int index) {
    if (label(lines.get(index)).isEmpty()) {
      return false;
    }
    int labels = 0;
    boolean dated = false;
    int last = Math.min(lines.size(), index + LINES_OF_HEADER);
    for (int i = index; i < last; i++) {
      String line = lines.get(i);
      if (!label(line).isEmpty()) {
        labels++;
      }
      dated |= line.indexOf('@') >= 0 || hasTime(line);
      if (labels >= 3 && dated) {
        return true;
      }
    }
    return false;
  }

  private static String label(String line) {
    String text = line.strip();
    while (text.startsWith("*") || text.startsWith(">")) {
      text = text.substring(1).strip();
    }
    int colon = text.indexOf(':');
    int wide = text.indexOf('：');
    int end = colon < 0 ? wide : wide < 0 ? colon : Math.min(colon, wide);
    if (end < 1 || end > 30) {
      return "";
    }
    String name = text.substring(0, end).replace("*", "").strip().toLowerCase(Locale.ROOT);
    return LABELS.contains(name) ? name : "";
  }

  /** How many lines an attribution takes that begins here; 0 if none does. */
  private int attribution(int index) {
    int length = 0;
    int last = Math.min(lines.size(), index + LINES_OF_ATTRIBUTION);
    for (int i = index; i < last; i++) {
      String line = lines.get(i).strip();
      length += line.length() + 1;
      if (line.isEmpty() || line.startsWith(">") || length > LONGEST_ATTRIBUTION) {
        return 0;
      }
      boolean dated = nextDated(index) <= i;
      if (endsAttribution(line, dated) && isAttribution(joined(index, i), dated, i)) {
        return i - index + 1;
      }
    }
    return 0;
  }

  /** The first line from here on that has a date: each line is looked at once. */
  private int nextDated(int index) {
    if (dateLine < index) {
      dateLine = index;
      while (dateLine < lines.size() && !isDated(lines.get(dateLine))) {
        dateLine++;
      }
    }
    return dateLine;
  }

  // Without a colon it must be dated: that is cheap to see, the words of forty languages are not.
  private static boolean endsAttribution(String line, boolean dated) {
    return endsWithColon(line) || (dated && hasWrote(line.toLowerCase(Locale.ROOT)));
  }

  private static boolean endsWithColon(String line) {
    char end = line.charAt(line.length() - 1);
    return end == ':' || end == '：';
  }

  private String joined(int first, int last) {
    StringBuilder joined = new StringBuilder();
    for (int i = first; i <= last; i++) {
      joined.append(lines.get(i).strip()).append(i < last ? " " : "");
    }
    return joined.toString();
  }

  private boolean isAttribution(String text, boolean dated, int lastLine) {
    boolean said = hasWrote(text.toLowerCase(Locale.ROOT));
    boolean addressed = text.indexOf('@') > 0;
    boolean quoteFollows = quoteFollows(lastLine + 1);
    int marks = (said ? 1 : 0) + (addressed ? 1 : 0) + (dated ? 1 : 0) + (quoteFollows ? 1 : 0);
    return endsWithColon(text) ? marks >= 2 : said && dated && (addressed || quoteFollows);
  }

  private boolean quoteFollows(int from) {
    for (int i = from; i < Math.min(lines.size(), from + 3); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        return line.startsWith(">");
      }
    }
    return false;
  }

  private static boolean hasWrote(String lower) {
    return WROTE.stream().anyMatch(lower::contains);
  }

  /** {@code 9:05}, {@code 18.30}, {@code 14h20}. */
  private static boolean hasTime(String text) {
    for (int i = 0; i + 3 < text.length(); i++) {
      if (isTime(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line has a time or a year of these decades. */
  private static boolean isDated(String line) {
    for (int i = 0; i + 3 < line.length(); i++) {
      char first = line.charAt(i);
      // Nearly every character of every mail ends here.
      boolean noDigit = first < 0x80 && (first < '0' || first > '9');
      if (!noDigit && (isTime(line, i) || isYear(line, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTime(String text, int at) {
    if (!Character.isDigit(text.charAt(at))) {
      return false;
    }
    char mark = text.charAt(at + 1);
    return (mark == ':' || mark == 'h' || mark == '.') && twoDigits(text, at + 2);
  }

  private static boolean isYear(String text, int at) {
    char first = text.charAt(at);
    char second = text.charAt(at + 1);
    return ((first == '2' && second == '0') || (first == '1' && second == '9'))
        && twoDigits(text, at + 2);
  }

  private static boolean twoDigits(String text, int at) {
    return Character.isDigit(text.charAt(at)) && Character.isDigit(text.charAt(at + 1));
  }
}
