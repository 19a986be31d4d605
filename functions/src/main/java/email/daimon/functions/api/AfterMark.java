package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Mailbox;
import email.daimon.wire.Times;
import java.time.Duration;
import java.util.Optional;

/** Where a call that waits begins to look: what its {@code after} says, else five minutes back. */
final class AfterMark {
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);
  private final Cursors cursors;
  private final Mailbox mailbox;

  AfterMark(Cursors cursors, Mailbox mailbox) {
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
  }

  /** The inbox time behind which is looked. */
  long read(Request request, Optional<String> given, String inboxId, String list) {
    if (given.isEmpty()) {
      return request.now().minus(LOOK_BACK).toEpochMilli();
    }
    String after = given.get();
    Optional<Long> mark =
        after.startsWith("msg_")
            ? mailbox.message(inboxId, after).map(message -> message.key().inboxTime())
            : cursors
                .read(list, after, request.now())
                .map(Long::valueOf)
                .or(() -> time(request, after));
    if (mark.isEmpty()) {
      request.problem(
          "after",
          "is a time such as 2026-03-16T10:30:00Z, the id of a message of this inbox, or the"
              + " next_after of a reply of this route");
    }
    return mark.orElse(0L);
  }

  /** A mark as {@code next_after} gives it. */
  String write(Request request, String list, long mark) {
    return cursors.write(list, Long.toString(mark), request.now());
  }

  private static Optional<Long> time(Request request, String after) {
    Optional<Times.Given> time = Times.parse(after);
    if (time.filter(Times.Given::assumedUtc).isPresent()) {
      request.hint("after had no offset and was taken as UTC: write it with a Z or an offset");
    }
    return time.map(given -> given.time().toEpochMilli());
  }
}
