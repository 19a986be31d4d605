package email.daimon.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an Authentication-Results field says (RFC 8601). Only a field that our own receiving side
 * wrote proves anything: see {@link email.daimon.mime.Transit#authenticationResults()}.
 *
 * @param results in the order of the field
 */
public record AuthenticationResults(List<Result> results) {
  private static final int MOST = 100;

  public AuthenticationResults {
    results = List.copyOf(results);
  }

  /**
   * One check.
   *
   * @param method lower case, {@code dkim}, {@code spf}, {@code dmarc}
   * @param outcome lower case, {@code pass}, {@code fail}, {@code none}…
   * @param domain of the property that the method goes by, lower case: {@code header.d} or the part
   *     of {@code header.i} behind the {@code @} for DKIM, {@code smtp.mailfrom} or {@code
   *     envelope-from} for SPF, {@code header.from} for DMARC
   */
  public record Result(String method, String outcome, Optional<String> domain) {
    /** Whether the check passed. */
    public boolean passed() {
      return outcome.equals("pass");
    }
  }

  /** Reads a field value. What cannot be read is left out. */
  public static AuthenticationResults parse(String value) {
    List<Result> results = new ArrayList<>();
    List<String> sections = sections(value);
    for (int i = 1; i < sections.size() && results.size() < MOST; i++) {
      List<String> words = words(sections.get(i));
      if (words.isEmpty()) {
        continue;
      }
      int equals = words.getFirst().indexOf('=');
      String method = equals < 0 ? "" : words.getFirst().substring(0, equals);
      String base = method.indexOf('/') < 0 ? method : method.substring(0, method.indexOf('/'));
      if (base.equals("dkim") || base.equals("spf") || base.equals("dmarc")) {
        results.add(
            new Result(base, words.getFirst().substring(equals + 1), domain(base, sections, i)));
      }
    }
    return new AuthenticationResults(results);
  }

  /** Domains with a passing DKIM signature, each once. */
  public List<String> passingDkimDomains() {
    return results.stream()
        .filter(result -> result.method().equals("dkim") && result.passed())
        .flatMap(result -> result.domain().stream())
        .distinct()
        .toList();
  }

  /** SES ends the SPF result with a semicolon and puts its properties behind that. */
  private static Optional<String> domain(String method, List<String> sections, int from) {
    List<String> names =
        switch (method) {
          case "dkim" -> List.of("header.d", "header.i");
          case "spf" -> List.of("smtp.mailfrom", "envelope-from", "smtp.helo");
          default -> List.of("header.from");
        };
    List<String> words = new ArrayList<>(words(sections.get(from)));
    if (method.equals("spf")) {
      for (int i = from + 1; i < sections.size() && i <= from + 2; i++) {
        words.addAll(words(sections.get(i)));
      }
    }
    for (String name : names) {
      for (String word : words) {
        if (word.startsWith(name + "=")) {
          String text = word.substring(name.length() + 1);
          String domain = text.substring(text.lastIndexOf('@') + 1);
          return domain.isEmpty() ? Optional.empty() : Optional.of(domain);
        }
      }
    }
    return Optional.empty();
  }

  /** Splits at semicolons outside quotes; comments go. */
  private static List<String> sections(String value) {
    List<String> sections = new ArrayList<>();
    StringBuilder section = new StringBuilder();
    int comment = 0;
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (comment == 0 && c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        comment++;
      } else if (!quoted && c == ')' && comment > 0) {
        comment--;
      } else if (comment == 0 && !quoted && c == ';') {
        sections.add(section.toString());
        section.setLength(0);
      } else if (comment == 0) {
        section.append(c);
      }
    }
    sections.add(section.toString());
    return sections;
  }

  private static List<String> words(String section) {
    List<String> words = new ArrayList<>();
    for (String word : section.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
