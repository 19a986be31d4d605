package email.daimon.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Address fields (RFC 5322, 3.4) as they are met, in one pass: groups, comments, quotes that never
 * end, names with bare commas' neighbours, addresses without brackets. Takes anything.
 */
final class AddressList {
  private final String raw;
  private final List<MailAddress> found = new ArrayList<>();
  private final StringBuilder phrase = new StringBuilder();
  private final StringBuilder comment = new StringBuilder();
  private final StringBuilder bare = new StringBuilder();
  private String angle = "";
  private boolean hasAngle;
  private boolean signed;
  private int at;

  private AddressList(String raw) {
    this.raw = raw;
  }

  /** Reads a raw value, one character a byte. */
  static List<MailAddress> parse(String raw, Warnings warnings) {
    AddressList list = new AddressList(raw);
    list.read(warnings);
    return list.found;
  }

  private void read(Warnings warnings) {
    while (at < raw.length()) {
      char c = raw.charAt(at++);
      switch (c) {
        case ',' -> {
          end();
          if (found.size() >= Bounds.ADDRESSES) {
            if (!raw.substring(at).isBlank()) {
              warnings.raise(Warning.TOO_MANY_ADDRESSES);
            }
            return;
          }
        }
        case ';' -> end();
        case ':' -> colon();
        case '(' -> comment();
        case '<' -> angle();
        case '"' -> quoted();
        default -> {
          signed |= c == '@';
          phrase.append(c);
          bare.append(c);
        }
      }
    }
    end();
  }

  /** Begins a group, whose name goes; within an address it stays. */
  private void colon() {
    if (signed || hasAngle) {
      phrase.append(':');
      bare.append(':');
    } else {
      phrase.setLength(0);
      bare.setLength(0);
      comment.setLength(0);
    }
  }

  private void comment() {
    int depth = 1;
    int from = at;
    while (at < raw.length() && depth > 0) {
      char c = raw.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    at = Math.min(at, raw.length());
    if (!comment.isEmpty()) {
      comment.append(' ');
    }
    comment.append(raw, from, Math.max(from, depth == 0 ? at - 1 : at));
  }

  private void angle() {
    int from = at;
    boolean inQuote = false;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      if (c == '\\' && inQuote) {
        at++;
      } else if (c == '"') {
        inQuote = !inQuote;
      } else if (!inQuote && (c == '>' || c == '<')) {
        break;
      }
      at++;
    }
    at = Math.min(at, raw.length());
    boolean closed = at < raw.length() && raw.charAt(at) == '>';
    if (!closed) {
      at = from;
      while (at < raw.length() && ",;<".indexOf(raw.charAt(at)) < 0) {
        at++;
      }
    }
    String inside = withoutRoute(raw.substring(from, at));
    at += closed ? 1 : 0;
    if (!hasAngle || angle.isEmpty()) {
      angle = inside;
      hasAngle = true;
    }
  }

  /** {@code @relay,@relay:user@host} of old (RFC 5322, 4.4). */
  private static String withoutRoute(String inside) {
    int colon = inside.stripLeading().startsWith("@") ? inside.indexOf(':') : -1;
    return inside.substring(colon + 1);
  }

  private void quoted() {
    int quote = at - 1;
    if (raw.indexOf('"', at) < 0) {
      // A quote that never ends is none.
      return;
    }
    StringBuilder text = new StringBuilder();
    at = Math.min(raw.length(), Parameters.quoted(raw, quote, text));
    phrase.append(text);
    bare.append(raw, quote, at);
  }

  private void end() {
    if (hasAngle && angle.isBlank() && signed) {
      hasAngle = false;
    }
    if (hasAngle) {
      String name = phrase.toString().strip();
      add(angle, name.isEmpty() ? comment.toString() : name);
    } else if (!phrase.toString().isBlank()) {
      bareAddress();
    }
    phrase.setLength(0);
    bare.setLength(0);
    comment.setLength(0);
    angle = "";
    hasAngle = false;
    signed = false;
  }

  /** Without brackets: the word with the {@code @} is the address, the others are the name. */
  private void bareAddress() {
    String text = bare.toString().strip();
    int sign = text.indexOf('@', Math.max(0, text.lastIndexOf('"')));
    if (sign < 0) {
      boolean local = text.indexOf(' ') < 0 && text.indexOf('"') < 0;
      add(local ? text : "", local ? comment.toString() : phrase.toString().strip());
      return;
    }
    int from = sign;
    if (sign > 0 && text.charAt(sign - 1) == '"') {
      from = text.lastIndexOf('"', sign - 2);
      while (from > 0 && text.charAt(from - 1) == '\\') {
        from = text.lastIndexOf('"', from - 1);
      }
      from = Math.max(0, from);
    } else {
      while (from > 0 && text.charAt(from - 1) == ' ') {
        from--;
      }
      while (from > 0 && text.charAt(from - 1) > ' ') {
        from--;
      }
    }
    int to = sign + 1;
    while (to < text.length() && text.charAt(to) == ' ') {
      to++;
    }
    while (to < text.length() && text.charAt(to) > ' ') {
      to++;
    }
    String others = (text.substring(0, from) + ' ' + text.substring(to)).strip();
    add(text.substring(from, to), others.isEmpty() ? comment.toString() : others);
  }

  private void add(String address, String name) {
    String text = HeaderText.decode(address);
    StringBuilder tight = new StringBuilder(text.length());
    boolean inQuote = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inQuote ^= c == '"';
      if (inQuote || !Character.isWhitespace(c)) {
        tight.append(c);
      }
    }
    String shown = unquoted(HeaderText.decode(name.strip()).strip());
    if (!tight.isEmpty() || !shown.isEmpty()) {
      found.add(new MailAddress(tight.toString(), shown));
    }
  }

  /** Quotes that an encoded-word brought along. */
  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).strip() : name;
  }
}
