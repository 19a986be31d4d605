package email.daimon.understand.links;

import email.daimon.model.LinkDetail;
import email.daimon.model.LinkDetail.Kind;
import email.daimon.understand.RegistrableDomain;
import email.daimon.understand.html.LinkAddress;
import email.daimon.understand.links.FoundLink.Look;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says of each link what following it does and how much speaks for a call to action. */
final class LinkReading {
  private static final int LONGEST_TEXT = 300;
  private static final Set<Kind> CALLS =
      EnumSet.of(Kind.VERIFY, Kind.RESET, Kind.LOGIN, Kind.INVITE, Kind.CONFIRM);

  private final Set<String> senders;
  private final Map<String, LinkHost> hosts = new HashMap<>();
  private final Map<String, Target> targets = new HashMap<>();

  /** Where an address leads; texts and HTML of a mail have the same ones. */
  private record Target(LinkHost host, Optional<String> unwrapped, LinkHost last, LinkPath path) {}

  /**
   * For one mail.
   *
   * @param senders registrable domains of its authors; empty where nobody is known
   */
  LinkReading(Set<String> senders) {
    this.senders = Set.copyOf(senders);
  }

  static boolean isCall(Kind kind) {
    return CALLS.contains(kind);
  }

  LinkDetail of(FoundLink link) {
    Target leads = targets.computeIfAbsent(link.address(), this::target);
    LinkHost host = leads.host();
    LinkHost target = leads.last();
    LinkPath path = leads.path();
    Optional<String> shown = addressShown(link.name());
    Call own =
        link.name().isBlank() || shown.isPresent() ? Call.NEUTRAL : LinkWords.ofName(link.name());
    boolean follows = own.neutral() && !link.name().equals(" ");
    Call call = follows ? context(link, link.name().isBlank() || shown.isPresent()) : own;
    Kind kind = kind(call, own, path, target);
    return new LinkDetail(
        link.address(),
        text(link),
        kind,
        score(link, kind, call, path, host, target),
        host.name(),
        host.domain(),
        shown.filter(it -> differs(it, host) && differs(it, target)).isPresent(),
        host.tracking(),
        leads.unwrapped(),
        host.suspicion().or(target::suspicion));
  }

  private Target target(String address) {
    Optional<String> unwrapped = Redirects.unwrapped(address);
    LinkHost host = host(address);
    return new Target(
        host,
        unwrapped,
        unwrapped.map(this::host).orElse(host),
        LinkPath.of(unwrapped.orElse(address)));
  }

  /** Behind words such as "click here" the sentence goes on; before an address it ends. */
  private static Call context(FoundLink link, boolean bare) {
    Call first = LinkWords.ofSentence(bare ? link.before() : link.after());
    return first.asks() || first.settled()
        ? first
        : LinkWords.ofSentence(bare ? link.after() : link.before());
  }

  private Kind kind(Call call, Call own, LinkPath path, LinkHost target) {
    if (path.kind() == Kind.UNSUBSCRIBE) {
      return Kind.UNSUBSCRIBE;
    }
    boolean pathAsks = isCall(path.kind());
    if (call.settled() && !(call.never() && own.neutral() && pathAsks)) {
      return call.kind();
    }
    if (path.kind() == Kind.DENY && !own.asks()) {
      return Kind.DENY;
    }
    boolean elsewhere = target.social() && !senders.contains(target.domain()) && !pathAsks;
    if (elsewhere || (path.never() && !own.asks())) {
      return Kind.OTHER;
    }
    return call.asks() ? call.kind() : path.kind();
  }

  private int score(
      FoundLink link, Kind kind, Call call, LinkPath path, LinkHost host, LinkHost target) {
    if (!isCall(kind) || link.look() == Look.ASIDE) {
      return 0;
    }
    int score = call.asks() ? 3 : 0;
    score += call.asks() && call.whole() ? 1 : 0;
    score += isCall(path.kind()) ? 2 : 0;
    score += path.token() ? 2 : 0;
    score += link.look() == Look.BUTTON ? 1 : 0;
    score -= link.look() == Look.FOOTER ? 4 : 0;
    boolean known = senders.contains(host.domain()) || senders.contains(target.domain());
    return score + (known || host.tracking() || senders.isEmpty() ? 1 : 0);
  }

  /** The domain of the address that the link shows as its text. */
  private Optional<String> addressShown(String name) {
    String shown = name.strip();
    if (shown.indexOf('.') < 0 || shown.indexOf(' ') >= 0 || shown.indexOf('@') >= 0) {
      return Optional.empty();
    }
    Optional<String> whole = LinkAddress.of(shown);
    if (whole.isPresent()) {
      return whole.map(it -> host(it).domain());
    }
    int end = shown.indexOf('/');
    String host = end < 0 ? shown : shown.substring(0, end);
    boolean named = RegistrableDomain.isKnown(host) || shown.startsWith("www.");
    return named
        ? LinkAddress.of("https://" + shown).map(it -> host(it).domain())
        : Optional.empty();
  }

  private static boolean differs(String domain, LinkHost host) {
    return !domain.equals(host.domain())
        && !domain.endsWith("." + host.domain())
        && !host.name().endsWith("." + domain);
  }

  private LinkHost host(String address) {
    return hosts.computeIfAbsent(
        LinkHost.nameOf(address) + mark(address), _ -> LinkHost.of(address));
  }

  /** Addresses with a user part differ from those of the same host without. */
  private static String mark(String address) {
    return address.indexOf('@') < 0 ? "" : "@" + address;
  }

  private static String text(FoundLink link) {
    String text = link.name().isEmpty() ? link.before() : link.name().strip();
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - (Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0);
    return text.substring(0, end);
  }
}
