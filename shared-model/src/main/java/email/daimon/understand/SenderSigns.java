package email.daimon.understand;

import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.model.Injection;
import email.daimon.model.Trust;
import email.daimon.policy.OwnAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a mail alone shows for and against believing it, before its inbox is asked. */
final class SenderSigns {
  private static final int LONGEST = 254;

  private SenderSigns() {}

  static Trust of(Mail mail, List<Injection> injections) {
    Optional<MailAddress> from = mail.from().stream().findFirst();
    return new Trust(
        Optional.empty(),
        Optional.empty(),
        from.filter(author -> answersGoElsewhere(author, mail.replyTo())).isPresent(),
        from.flatMap(SenderSigns::otherAddressInName),
        injections.stream().map(Injection::severity).max(Comparator.naturalOrder()));
  }

  private static boolean answersGoElsewhere(MailAddress from, List<MailAddress> replyTo) {
    return replyTo.stream()
        .map(MailAddress::domain)
        .anyMatch(domain ->
            !domain.isEmpty()
                && !from.domain().isEmpty()
                && !RegistrableDomain.aligned(domain, from.domain()));
  }

  /** The first address that the display name shows and that is another than the sender's own. */
  private static Optional<String> otherAddressInName(MailAddress from) {
    String name = visible(from.name());
    for (int at = name.indexOf('@'); at >= 0; at = name.indexOf('@', at + 1)) {
      int start = at;
      while (start > 0 && at - start < LONGEST && inLocalPart(name.charAt(start - 1))) {
        start--;
      }
      int end = at + 1;
      while (end < name.length() && end - at < LONGEST && inDomain(name.charAt(end))) {
        end++;
      }
      String domain = withoutDots(name.substring(at + 1, end));
      String address = name.substring(start, at) + "@" + domain;
      if (start < at && domain.indexOf('.') > 0 && !OwnAddress.same(address, from.address())) {
        return Optional.of(address.toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  // A full-width @ looks like one, and what has no width is not seen.
  private static String visible(String name) {
    StringBuilder seen = new StringBuilder(name.length());
    name.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .map(c -> c == '＠' || c == '﹫' ? '@' : c)
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }

  private static boolean inLocalPart(char c) {
    return Character.isLetterOrDigit(c) || "!#$%&*+-/=?^_`{|}~.".indexOf(c) >= 0;
  }

  private static boolean inDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static String withoutDots(String domain) {
    int end = domain.length();
    while (end > 0 && domain.charAt(end - 1) == '.') {
      end--;
    }
    return domain.substring(0, end);
  }
}
