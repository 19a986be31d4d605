package email.daimon.policy;

import email.daimon.model.ReceiveRules;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether rules keep a mail out (rules 3.5). Blocking wins over allowing. An entry with a domain
 * stands for everybody there and in the domains below it, one with an address for every tag of it,
 * one with a tag for that tag alone; case, quotes and the form of the domain make no difference.
 * Display names count for nothing.
 */
public final class ReceiveGate {
  private ReceiveGate() {}

  /**
   * Judges a mail.
   *
   * @param authors bare addresses of all its From fields, as written
   * @param verified whether the author is proven: {@code understand.VerifiedSender}
   */
  public static boolean blocks(ReceiveRules rules, Collection<String> authors, boolean verified) {
    List<Set<String>> names = authors.stream().map(ReceiveGate::names).toList();
    if (names.stream().anyMatch(one -> hits(rules.block(), one))) {
      return true;
    }
    // Several authors are never verified: whom the mail is from is then anybody's word.
    return !rules.allow().isEmpty()
        && !(verified && names.size() == 1 && hits(rules.allow(), names.getFirst()));
  }

  private static boolean hits(List<String> entries, Set<String> names) {
    return entries.stream().anyMatch(names::contains);
  }

  /** Every entry that stands for an address, in the form in which entries are kept. */
  private static Set<String> names(String author) {
    Optional<OwnAddress> address = OwnAddress.parse(author);
    if (address.isEmpty()) {
      return Set.of();
    }
    String local = address.get().localPart();
    String domain = withoutDot(address.get().domain());
    Set<String> names = new LinkedHashSet<>();
    address
        .get()
        .tag()
        .ifPresent(tag -> names.add(local + "+" + tag.toLowerCase(Locale.ROOT) + "@" + domain));
    names.add(local + "@" + domain);
    names.add(domain);
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      names.add(domain.substring(dot + 1));
    }
    return names;
  }

  // The root may be written out: example.org. is example.org (RFC 1034 3.1).
  private static String withoutDot(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }
}
