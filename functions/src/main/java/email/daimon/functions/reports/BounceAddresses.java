package email.daimon.functions.reports;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Item;
import email.daimon.functions.store.Keys;
import email.daimon.functions.store.SigningSecrets;
import email.daimon.functions.store.Table;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import email.daimon.policy.OwnAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The addresses that bounces come to where the transport reports in no other way. What an address
 * stands for is kept beside it, for it is too short to carry that; nobody can make one up.
 */
public final class BounceAddresses {
  /** Longer than any server tries a mail, and than old bounces are of use. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final Table work;
  private final SigningSecrets secrets;
  private final String domain;
  private final InstantSource clock;

  /** An attempt to send a mail, and who was to get it. */
  public record Sent(SendTags tags, List<String> recipients) {
    public Sent {
      requireNonNull(tags, "tags is null");
      recipients = List.copyOf(recipients);
    }
  }

  public BounceAddresses(Table work, SigningSecrets secrets, String domain, InstantSource clock) {
    this.work = requireNonNull(work, "work is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.domain = requireNonNull(domain, "domain is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Makes the address of an attempt, and keeps what it stands for. */
  public String issue(Sent sent) {
    SendTags tags = sent.tags();
    BounceAddress address = BounceAddress.of(tags, secrets.at(clock.instant()).getFirst());
    Item item =
        Item.of(Keys.bounces(address.message()), tags.attempt())
            .text("account", tags.accountId())
            .text("inbox", tags.inboxId())
            .text("message", tags.message().text())
            .texts("recipients", sent.recipients())
            .number(Keys.EXPIRES_AT, clock.instant().plus(KEPT).getEpochSecond());
    work.dynamoDb().putItem(put -> put.tableName(work.name()).item(item.attributes()));
    return address.localPart() + "@" + domain;
  }

  /** Whether an address is for bounces, good or forged: never an inbox. */
  public boolean owns(String address) {
    return OwnAddress.parse(address)
        .filter(own -> own.domain().equals(domain) && own.localPart().equals("bounce"))
        .isPresent();
  }

  /** What an address stands for; empty where we did not make it. */
  public Optional<Sent> find(String address) {
    return BounceAddress.parse(address.substring(0, Math.max(0, address.lastIndexOf('@'))))
        .flatMap(this::find);
  }

  private Optional<Sent> find(BounceAddress address) {
    List<byte[]> known = secrets.at(clock.instant());
    return work
        .query(query ->
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.bounces(address.message()))))
                .consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .map(BounceAddresses::sent)
        .filter(sent -> known.stream().anyMatch(secret -> address.isFor(sent.tags(), secret)))
        .findFirst();
  }

  private static Sent sent(Item item) {
    SendTags tags =
        new SendTags(
            item.text("account"),
            item.text("inbox"),
            MessageKey.parse(item.text("message")),
            item.text("sk"));
    return new Sent(tags, item.texts("recipients"));
  }
}
