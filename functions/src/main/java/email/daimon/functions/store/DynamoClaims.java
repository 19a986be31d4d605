package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Claims in the table {@code work}: {@code K#scope#hash / META}. */
public final class DynamoClaims implements Claims {
  private static final String FREE =
      "attribute_not_exists(pk) OR expires_at <= :seconds"
          + " OR (attribute_not_exists(reply) AND leaseEnd <= :now)";
  private final Table work;
  private final Transactions transactions;

  public DynamoClaims(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  @Override
  public Outcome take(Claim claim, Map<String, String> fingerprint, Instant now) {
    Item item =
        Item.of(Keys.claim(claim.scope(), claim.hash()), Keys.META)
            .text("attempt", claim.attempt())
            .pairs("fingerprint", fingerprint)
            .time("leaseEnd", now.plus(LEASE))
            .number("expires_at", now.plus(KEPT).getEpochSecond());
    Optional<Item> inTheWay =
        transactions.putIf(
            work,
            item,
            FREE,
            Map.of(":now", number(now.toEpochMilli()), ":seconds", number(now.getEpochSecond())));
    // The SDK may have asked twice: a condition that fails on our own attempt has succeeded.
    return inTheWay
        .filter(kept -> !kept.text("attempt").equals(claim.attempt()))
        .map(kept -> outcome(kept, now))
        .orElseGet(Outcome.Taken::new);
  }

  @Override
  public Optional<Outcome.Finished> finished(String scope, String hash, Instant now) {
    return work.get(Keys.claim(scope, hash), Keys.META)
        .filter(kept -> kept.has("reply") && kept.number("expires_at") > now.getEpochSecond())
        .map(kept -> new Outcome.Finished(kept.pairs("fingerprint"), kept.text("reply")));
  }

  @Override
  public void finishIn(UnitOfWork unit, Claim claim, String reply) {
    unit.update(
        work,
        key(claim),
        "SET reply = :reply",
        "attempt = :attempt",
        Map.of(
            ":reply",
            AttributeValue.fromS(reply),
            ":attempt",
            AttributeValue.fromS(claim.attempt())),
        Map.of());
  }

  @Override
  public void finish(Claim claim, String reply) {
    transactions.run(() -> {
      if (!held(claim)) {
        return new Attempt.Done<>(false);
      }
      UnitOfWork unit = new UnitOfWork();
      finishIn(unit, claim, reply);
      return new Attempt.Write<>(unit, true);
    });
  }

  @Override
  public void release(Claim claim) {
    transactions.deleteIf(
        work,
        key(claim),
        "attempt = :attempt AND attribute_not_exists(reply)",
        Map.of(":attempt", AttributeValue.fromS(claim.attempt())));
  }

  private boolean held(Claim claim) {
    return work.get(Keys.claim(claim.scope(), claim.hash()), Keys.META)
        .filter(kept -> kept.text("attempt").equals(claim.attempt()) && !kept.has("reply"))
        .isPresent();
  }

  private static Map<String, AttributeValue> key(Claim claim) {
    return Item.key(Keys.claim(claim.scope(), claim.hash()), Keys.META);
  }

  private static Outcome outcome(Item kept, Instant now) {
    Map<String, String> fingerprint = kept.pairs("fingerprint");
    return kept.has("reply")
        ? new Outcome.Finished(fingerprint, kept.text("reply"))
        : new Outcome.InFlight(fingerprint, Duration.between(now, kept.time("leaseEnd")));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
