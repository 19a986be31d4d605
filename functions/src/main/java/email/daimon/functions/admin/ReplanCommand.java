package email.daimon.functions.admin;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.EventHistory;
import email.daimon.functions.webhook.Planner;
import email.daimon.model.Account;
import email.daimon.wire.Json;
import email.daimon.wire.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code replan}: plans again what webhooks are told of events, from the events' rows. What a
 * webhook was told, or is being told, stays as it is.
 */
final class ReplanCommand {
  private static final int PAGE = 100;
  private final Wiring wiring;

  ReplanCommand(Wiring wiring) {
    this.wiring = requireNonNull(wiring, "wiring is null");
  }

  Report replan(String since, String until) {
    Instant from = time(since);
    Instant to = until.isEmpty() ? wiring.clock().instant().plusMillis(1) : time(until);
    if (!from.isBefore(to)) {
      throw new AdminException("%s is not before %s".formatted(Json.time(from), Json.time(to)));
    }
    Count count = new Count();
    Planner planner = planner();
    EventHistory history = new EventHistory(wiring.mail());
    Accounts accounts = wiring.accounts();
    List<Account> page = accounts.list("", PAGE);
    while (!page.isEmpty()) {
      for (Account account : page) {
        if (!wiring.hooks().webhooks().list(account.id(), Optional.empty(), 1).isEmpty()) {
          history.read(
              account, from, to, events -> count.add(events.size(), planner.plan(events).size()));
        }
      }
      page = accounts.list(page.getLast().id(), PAGE);
    }
    return count.report();
  }

  private Planner planner() {
    try {
      return Planner.of(wiring);
    } catch (IllegalStateException e) {
      throw new AdminException("the functions' environment is needed: " + e.getMessage());
    }
  }

  private static Instant time(String text) {
    return Times.parse(text)
        .map(Times.Given::time)
        .orElseThrow(() -> new AdminException(text + " is no time such as 2026-03-16T10:30:00Z"));
  }

  /** What came of it. */
  private static final class Count {
    private long events;
    private long failed;

    private void add(int more, int failures) {
      events += more;
      failed += failures;
    }

    private Report report() {
      String text =
          failed == 0
              ? "%d events of accounts with webhooks were planned again.\n".formatted(events)
              : "%d events were planned again, %d could not be: run it once more.\n"
                  .formatted(events - failed, failed);
      return new Report(Json.object().put("events", events).put("failed", failed), text);
    }
  }
}
