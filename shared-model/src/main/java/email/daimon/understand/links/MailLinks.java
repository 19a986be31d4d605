package email.daimon.understand.links;

import email.daimon.model.LinkDetail;
import email.daimon.model.LinkDetail.Kind;
import email.daimon.understand.html.LinkAddress;
import email.daimon.understand.html.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** The links of a mail in their order, each address once. */
public final class MailLinks {
  /** Most that are kept of a mail. */
  public static final int MOST = 500;

  private final LinkReading reading;
  private final Map<String, LinkDetail> links = new LinkedHashMap<>();
  private boolean alone = true;

  /**
   * What is read of a mail.
   *
   * @param page its HTML
   * @param text its text part
   * @param senders registrable domains of its authors, asked where there are links; empty where
   *     nobody is known
   * @param unsubscribe values of List-Unsubscribe (RFC 2369)
   * @param pageAside whether what stands at a place of the page's text is quoted history
   * @param textAside the same of the text part
   */
  public record Source(
      Optional<Page> page,
      Optional<String> text,
      Supplier<Set<String>> senders,
      List<String> unsubscribe,
      IntPredicate pageAside,
      IntPredicate textAside) {}

  private MailLinks(Set<String> senders) {
    this.reading = new LinkReading(senders);
  }

  /** Reads a mail. What its sender wrote never makes it throw. */
  public static List<LinkDetail> of(Source source) {
    List<FoundLink> ofPage =
        source.page().map(page -> HtmlLinks.of(page, MOST, source.pageAside())).orElse(List.of());
    List<FoundLink> ofText =
        source.text().map(text -> TextLinks.of(text, MOST, source.textAside())).orElse(List.of());
    if (ofPage.isEmpty() && ofText.isEmpty() && source.unsubscribe().isEmpty()) {
      return List.of();
    }
    MailLinks mail = new MailLinks(source.senders().get());
    mail.add(ofPage);
    mail.add(ofText);
    source.unsubscribe().forEach(mail::addUnsubscribe);
    return mail.scored(mail.links.values());
  }

  /** Those that the mail wants followed. */
  public static boolean isWanted(LinkDetail link) {
    return link.score() > LinkDetail.WANTED && LinkReading.isCall(link.kind());
  }

  private void add(List<FoundLink> found) {
    Map<String, Kind> calls = new LinkedHashMap<>();
    for (FoundLink link : found) {
      if (links.size() >= MOST && !links.containsKey(link.address())) {
        continue;
      }
      LinkDetail detail = reading.of(link);
      if (LinkReading.isCall(detail.kind()) && detail.score() > 1) {
        calls.put(detail.unwrapped().orElse(detail.url()), detail.kind());
      }
      links.merge(link.address(), detail, MailLinks::better);
    }
    alone &= calls.size() <= 1;
  }

  /** What is said of one address at several places: what ends a subscription stays that. */
  private static LinkDetail better(LinkDetail one, LinkDetail other) {
    if (one.kind() == Kind.UNSUBSCRIBE || one.kind() == Kind.DENY) {
      return one;
    }
    boolean settled = other.kind() == Kind.UNSUBSCRIBE || other.kind() == Kind.DENY;
    boolean named = one.kind() == Kind.OTHER && one.text().isEmpty() && !other.text().isEmpty();
    LinkDetail kept = settled || other.score() > one.score() || named ? other : one;
    return one.mismatch() && !kept.mismatch() ? withMismatch(kept) : kept;
  }

  private void addUnsubscribe(String value) {
    int from = value.indexOf('<');
    while (from >= 0) {
      int end = value.indexOf('>', from);
      String address = value.substring(from + 1, end < 0 ? value.length() : end);
      LinkAddress.of(address)
          .filter(it -> links.containsKey(it) || links.size() < MOST)
          .ifPresent(it -> links.put(it, withKind(reading.of(header(it)), Kind.UNSUBSCRIBE)));
      from = end < 0 ? -1 : value.indexOf('<', end);
    }
  }

  private static FoundLink header(String address) {
    return new FoundLink(address, " ", "", "", FoundLink.Look.ASIDE, 0);
  }

  /** The only link of its kind is one point more likely to be the one. */
  private List<LinkDetail> scored(Collection<LinkDetail> all) {
    List<LinkDetail> scored = new ArrayList<>(all.size());
    for (LinkDetail link : all) {
      boolean only = alone && link.score() > 0;
      scored.add(only ? withScore(link, link.score() + 1) : link);
    }
    return List.copyOf(scored);
  }

  private static LinkDetail withScore(LinkDetail link, int score) {
    return copy(link, link.kind(), score, link.mismatch());
  }

  private static LinkDetail withKind(LinkDetail link, Kind kind) {
    return copy(link, kind, 0, link.mismatch());
  }

  private static LinkDetail withMismatch(LinkDetail link) {
    return copy(link, link.kind(), link.score(), true);
  }

  private static LinkDetail copy(LinkDetail link, Kind kind, int score, boolean mismatch) {
    return new LinkDetail(
        link.url(),
        link.text(),
        kind,
        score,
        link.host(),
        link.domain(),
        mismatch,
        link.tracking(),
        link.unwrapped(),
        link.suspicion());
  }
}
