package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One customer: what is paid for, and how its thread feed and its events are spread over
 * partitions.
 *
 * @param id {@code acc_…}
 * @param subscription what was paid; none where an operator gave the tier
 * @param inboxCount live inboxes; a deletion gives its place back
 * @param feed where the account-wide thread feed is written
 * @param eventShards number of event partitions of each day
 * @param receiveRules whom all its inboxes listen to, beside what each of them says itself
 * @param tenant its tenant at SES, where it has one: it is made after the first payment
 */
public record Account(
    String id,
    Tier tier,
    Subscription subscription,
    AccountStatus status,
    Instant createdAt,
    int inboxCount,
    ThreadFeed feed,
    EventShards eventShards,
    ReceiveRules receiveRules,
    Optional<String> tenant) {
  public Account {
    requireNonNull(id, "id is null");
    requireNonNull(tier, "tier is null");
    requireNonNull(subscription, "subscription is null");
    requireNonNull(status, "status is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(feed, "feed is null");
    requireNonNull(eventShards, "eventShards is null");
    requireNonNull(receiveRules, "receiveRules is null");
    requireNonNull(tenant, "tenant is null");
  }

  /** A new account with its first inbox, spread over one partition. */
  public static Account opened(String id, Tier tier, Instant at) {
    return new Account(id, tier, AccountStatus.ACTIVE, at, 1, ThreadFeed.FIRST);
  }

  /** An account for which nobody has paid, and that listens to everybody. */
  public Account(
      String id,
      Tier tier,
      AccountStatus status,
      Instant createdAt,
      int inboxCount,
      ThreadFeed feed) {
    this(
        id,
        tier,
        Subscription.NONE,
        status,
        createdAt,
        inboxCount,
        feed,
        EventShards.ONE,
        ReceiveRules.NONE,
        Optional.empty());
  }

  /** This account on another tier. */
  public Account onTier(Tier otherTier, Subscription paid) {
    return copy(otherTier, paid, status, receiveRules);
  }

  /** This account in another status. */
  public Account withStatus(AccountStatus otherStatus) {
    return copy(tier, subscription, otherStatus, receiveRules);
  }

  /** This account with other rules. */
  public Account withReceiveRules(ReceiveRules otherRules) {
    return copy(tier, subscription, status, otherRules);
  }

  /** This account, spread otherwise. */
  public Account spread(ThreadFeed otherFeed, EventShards otherShards) {
    return new Account(
        id,
        tier,
        subscription,
        status,
        createdAt,
        inboxCount,
        otherFeed,
        otherShards,
        receiveRules,
        tenant);
  }

  private Account copy(
      Tier newTier, Subscription paid, AccountStatus newStatus, ReceiveRules rules) {
    return new Account(
        id, newTier, paid, newStatus, createdAt, inboxCount, feed, eventShards, rules, tenant);
  }

  /**
   * Where the account's threads are indexed: {@code A#id#F<generation>#<shard>}. Growing the shard
   * count opens a new generation; readers merge from {@code oldestGeneration} on until the older
   * ones are re-keyed.
   */
  public record ThreadFeed(int oldestGeneration, int generation, int shards) {
    /** The feed of a new account: one shard. */
    public static final ThreadFeed FIRST = new ThreadFeed(0, 0, 1);

    /** The same with a new generation, of more shards. */
    public ThreadFeed grown(int moreShards) {
      if (moreShards <= shards) {
        throw new IllegalArgumentException(shards + " shards do not become " + moreShards);
      }
      return new ThreadFeed(oldestGeneration, generation + 1, moreShards);
    }

    /** Whether an older generation still holds threads. */
    public boolean moves() {
      return oldestGeneration < generation;
    }
  }
}
