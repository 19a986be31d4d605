package email.daimon.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.ApiKey;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** API keys in the table {@code mail}. */
public final class DynamoApiKeys implements ApiKeys {
  private final Table mail;
  private final Transactions transactions;

  public DynamoApiKeys(Table mail, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  @Override
  public Optional<ApiKey> authenticate(String secret) {
    String sha256 = Hash.sha256(secret);
    return mail.get(Keys.keyHash(sha256), KeyCodec.SK)
        .filter(item -> same(item.text("sha256"), sha256))
        .map(KeyCodec::key)
        .filter(key -> key.revokedAt().isEmpty());
  }

  @Override
  public Optional<ApiKey> rotatedAway(String secret) {
    String sha256 = Hash.sha256(secret);
    return mail.get(Keys.keyHash(sha256), KeyCodec.SK)
        .filter(item -> same(item.text("sha256"), sha256))
        .filter(item -> item.has("revokedAt") && item.has(KeyCodec.REPLACED_BY))
        .filter(item -> live(item.text("accountId"), item.text(KeyCodec.REPLACED_BY)))
        .map(KeyCodec::key);
  }

  private boolean live(String accountId, String keyId) {
    return find(accountId, keyId).filter(key -> key.revokedAt().isEmpty()).isPresent();
  }

  @Override
  public void issue(List<IssuedKey> keys, Consumer<UnitOfWork> also) {
    transactions.run(() -> {
      if (keys.stream().allMatch(this::kept)) {
        return new Attempt.Done<>(true);
      }
      UnitOfWork work = new UnitOfWork();
      keys.forEach(key -> issueIn(work, key));
      also.accept(work);
      return new Attempt.Write<>(work, true);
    });
  }

  @Override
  public void issueIn(UnitOfWork work, IssuedKey issued) {
    ApiKey key = issued.key();
    String sha256 = Hash.sha256(issued.secret());
    work.putNew(mail, KeyCodec.byHash(key, sha256));
    work.putNew(mail, KeyCodec.ofAccount(key, sha256));
    key.inboxId().ifPresent(inbox -> work.putNew(mail, KeyCodec.ofInbox(key, inbox)));
  }

  @Override
  public Optional<ApiKey> find(String accountId, String keyId) {
    return item(accountId, keyId).map(KeyCodec::key);
  }

  @Override
  public List<ApiKey> list(String accountId, String afterKeyId, int most) {
    List<ApiKey> keys = new ArrayList<>();
    String after = afterKeyId.isEmpty() ? "KEY#" : Keys.key(afterKeyId);
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page =
          mail.query(query -> {
            query.keyConditionExpression("pk = :pk AND sk BETWEEN :after AND :end");
            query.expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.account(accountId)),
                    // A key id is followed by nothing, so one more character is just behind it.
                    ":after", AttributeValue.fromS(after + " "),
                    ":end", AttributeValue.fromS("KEY$")));
            query.consistentRead(true).limit(most - keys.size());
            if (!from.isEmpty()) {
              query.exclusiveStartKey(from);
            }
          });
      page.items().forEach(item -> keys.add(KeyCodec.key(Item.read(item))));
      start = page.lastEvaluatedKey();
    } while (keys.size() < most && !start.isEmpty());
    return keys;
  }

  @Override
  public Optional<ApiKey> revoke(String accountId, String keyId, Instant now) {
    return transactions.run(() -> {
      Optional<Item> item = item(accountId, keyId);
      Optional<ApiKey> key = item.map(KeyCodec::key);
      if (key.isEmpty() || key.get().revokedAt().isPresent()) {
        return new Attempt.Done<>(key);
      }
      UnitOfWork work = new UnitOfWork();
      revokeIn(work, item.get(), now, Optional.empty());
      return new Attempt.Write<>(work, key.map(live -> revoked(live, now)));
    });
  }

  @Override
  public boolean rotate(ApiKey old, IssuedKey successor, Instant now, Consumer<UnitOfWork> also) {
    return transactions.run(() -> {
      if (kept(successor)) {
        return new Attempt.Done<>(true);
      }
      Optional<Item> item = item(old.accountId(), old.id());
      if (item.isEmpty() || item.get().has("revokedAt")) {
        return new Attempt.Done<>(false);
      }
      UnitOfWork work = new UnitOfWork();
      revokeIn(work, item.get(), now, Optional.of(successor.key().id()));
      issueIn(work, successor);
      also.accept(work);
      return new Attempt.Write<>(work, true);
    });
  }

  @Override
  public int revokeAll(String inboxId, Instant now) {
    int live = 0;
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page =
          mail.query(query -> {
            query.keyConditionExpression("pk = :pk AND begins_with(sk, :key)");
            query.expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.inbox(inboxId)),
                    ":key", AttributeValue.fromS("KEY#")));
            query.consistentRead(true);
            if (!from.isEmpty()) {
              query.exclusiveStartKey(from);
            }
          });
      for (var attributes : page.items()) {
        Item pointer = Item.read(attributes);
        String accountId = pointer.text("accountId");
        boolean wasLive = live(accountId, pointer.text("id"));
        revoke(accountId, pointer.text("id"), now);
        live += wasLive ? 1 : 0;
      }
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty());
    return live;
  }

  private Optional<Item> item(String accountId, String keyId) {
    return mail.get(Keys.account(accountId), Keys.key(keyId));
  }

  private boolean kept(IssuedKey issued) {
    return authenticate(issued.secret()).isPresent();
  }

  private void revokeIn(UnitOfWork work, Item listed, Instant now, Optional<String> successor) {
    Map<String, AttributeValue> at =
        new HashMap<>(Map.of(":now", AttributeValue.fromN(Long.toString(now.toEpochMilli()))));
    successor.ifPresent(id -> at.put(":next", AttributeValue.fromS(id)));
    String change =
        "SET revokedAt = :now"
            + successor.map(_ -> ", " + KeyCodec.REPLACED_BY + " = :next").orElse("");
    String condition = "attribute_exists(pk) AND attribute_not_exists(revokedAt)";
    work.update(
        mail,
        Item.key(Keys.keyHash(listed.text("sha256")), KeyCodec.SK),
        change,
        condition,
        at,
        Map.of());
    work.update(
        mail, Item.key(listed.text("pk"), listed.text("sk")), change, condition, at, Map.of());
  }

  private static ApiKey revoked(ApiKey key, Instant now) {
    return new ApiKey(
        key.id(),
        key.accountId(),
        key.scope(),
        key.inboxId(),
        key.name(),
        key.hint(),
        key.createdAt(),
        Optional.of(now));
  }

  private static boolean same(String kept, String presented) {
    return MessageDigest.isEqual(kept.getBytes(UTF_8), presented.getBytes(UTF_8));
  }
}
