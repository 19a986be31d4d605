package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Holding.Look;
import email.daimon.functions.store.CodeMail;
import email.daimon.functions.store.CodeMail.Code;
import email.daimon.functions.store.MailCodes;
import email.daimon.functions.store.Span;
import email.daimon.policy.AwaitedMail;
import email.daimon.policy.MessageFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Looks for the code that somebody waits for, from a mark on: of each mail the best one, the oldest
 * that nobody else has consumed. Only where all that fit are consumed is the newest of those found.
 */
final class CodeSearch {
  private static final int AT_ONCE = 20;
  private static final Duration REST = Duration.ofMillis(1);
  private final MailCodes codes;
  private final String inboxId;
  private final MessageFilter filter;
  private final AwaitedMail wanted;
  private final Optional<String> consumer;
  private final UnaryOperator<Code> taking;
  private Optional<Code> anothers = Optional.empty();
  private long mark;
  private int unverified;

  /**
   * A search.
   *
   * @param taking what is done with a code that is free: consumes it, or leaves it
   */
  CodeSearch(
      MailCodes codes,
      String inboxId,
      MessageFilter filter,
      AwaitedMail wanted,
      Optional<String> consumer,
      UnaryOperator<Code> taking,
      long mark) {
    this.codes = requireNonNull(codes, "codes is null");
    this.inboxId = requireNonNull(inboxId, "inboxId is null");
    this.filter = requireNonNull(filter, "filter is null");
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.consumer = requireNonNull(consumer, "consumer is null");
    this.taking = requireNonNull(taking, "taking is null");
    this.mark = mark;
  }

  /**
   * What was found.
   *
   * @param mark inbox time up to which everything was looked at
   * @param unverified how many mails with codes fitted, but for their senders
   * @param more whether there is more to be looked at already
   */
  record Finding(Optional<Code> code, long mark, int unverified, boolean more) {}

  Look<Finding> look() {
    // One read unit where nothing has happened to the inbox since.
    if (codes.settled(inboxId) <= mark) {
      return nothing(false);
    }
    MailCodes.Page page =
        codes.page(
            new MailCodes.Request(
                inboxId, filter, new Span(mark + 1, Long.MAX_VALUE), true, AT_ONCE));
    for (CodeMail mail : page.mails()) {
      if (wanted.fits(mail.message())) {
        if (wanted.believes(mail.message())) {
          Code code = taken(mail.codes().getFirst());
          if (!code.anothers(consumer)) {
            mark = mail.message().key().inboxTime();
            return new Look<>(finding(Optional.of(code), false), true, REST);
          }
          anothers = Optional.of(code);
        } else {
          unverified++;
        }
      }
    }
    mark = Math.max(mark, page.more() ? page.last() : page.settled());
    return anothers.isPresent() && !page.more()
        ? new Look<>(finding(anothers, false), true, REST)
        : nothing(page.more());
  }

  private Code taken(Code code) {
    return code.consumed().isEmpty() ? taking.apply(code) : code;
  }

  private Look<Finding> nothing(boolean more) {
    return new Look<>(finding(Optional.empty(), more), false, more ? Duration.ZERO : REST);
  }

  private Finding finding(Optional<Code> code, boolean more) {
    return new Finding(code, mark, unverified, more);
  }
}
