package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What lists, events and waiting calls show of what was understood of a mail. It is kept in its
 * row.
 *
 * @param codes best first, at most {@link MailCode#MOST}
 * @param autoKind who or what wrote the mail
 * @param trust what speaks for and against believing it
 */
public record Insights(List<MailCode> codes, AutoKind autoKind, Trust trust) {
  /** Of a mail that we send, or nothing is known of. */
  public static final Insights NONE = new Insights(List.of(), AutoKind.HUMAN, Trust.PLAIN);

  public Insights {
    codes = List.copyOf(codes);
    requireNonNull(autoKind, "autoKind is null");
    requireNonNull(trust, "trust is null");
  }
}
