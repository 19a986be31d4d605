package email.daimon.functions.jobs;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Webhooks;
import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.model.Webhook;
import email.daimon.policy.TierLimits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pauses the webhooks of an account whose tier has none, and wakes those that it paused so. It goes
 * by the tier that the account has now: jobs of changes that follow each other may come in any
 * order, and each looks again until nothing is to be changed.
 */
final class WebhooksOfTier {
  private static final int CHUNK = 25;
  private final Accounts accounts;
  private final Webhooks webhooks;
  private final InstantSource clock;

  WebhooksOfTier(Accounts accounts, Webhooks webhooks, InstantSource clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  static WebhooksOfTier of(Wiring wiring) {
    return new WebhooksOfTier(wiring.accounts(), wiring.hooks().webhooks(), wiring.clock());
  }

  Chunk next(Job job, Optional<String> position) {
    boolean has =
        accounts
            .find(job.accountId())
            .filter(account -> TierLimits.of(account.tier()).webhooks())
            .isPresent();
    Optional<String> place = position.filter(id -> !id.isEmpty());
    List<Webhook> page = webhooks.list(job.accountId(), place, CHUNK);
    int changed = 0;
    List<Job> left = new ArrayList<>();
    for (Webhook webhook : page) {
      Optional<Changed.Done> done = webhooks.followTier(webhook, has, clock.instant());
      if (done.isPresent()) {
        changed++;
        done.get().job().ifPresent(left::add);
      }
    }
    boolean last = page.size() < CHUNK;
    return new Chunk(changed, last ? Optional.empty() : Optional.of(page.getLast().id()), left);
  }
}
