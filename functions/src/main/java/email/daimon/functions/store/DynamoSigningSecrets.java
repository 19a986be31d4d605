package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The signing secrets as an item of the table {@code mail}, made at first use. */
public final class DynamoSigningSecrets implements SigningSecrets {
  private static final Duration AGE = Duration.ofMinutes(5);
  private static final int BYTES = 32;
  private static final String PK = "SECRET";
  private static final String SK = "SIGNING";
  private final Table mail;
  private final Transactions transactions;
  private final RandomGenerator random;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Optional<Read> last = Optional.empty();

  private record Read(List<byte[]> secrets, Instant at) {}

  public DynamoSigningSecrets(Table mail, Transactions transactions, RandomGenerator random) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.random = requireNonNull(random, "random is null");
  }

  @Override
  public List<byte[]> at(Instant now) {
    Optional<Read> known = young(now);
    if (known.isPresent()) {
      return known.get().secrets;
    }
    // Of many calls at once one reads, and makes it where it has to be made.
    turn.lock();
    try {
      Read read =
          young(now)
              .orElseGet(() -> {
                Optional<Item> kept = mail.get(PK, SK);
                return new Read(kept.map(DynamoSigningSecrets::secrets).orElseGet(this::make), now);
              });
      last = Optional.of(read);
      return read.secrets;
    } finally {
      turn.unlock();
    }
  }

  private Optional<Read> young(Instant now) {
    return last.filter(read -> !now.isBefore(read.at) && now.isBefore(read.at.plus(AGE)));
  }

  private List<byte[]> make() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    Item made = Item.of(PK, SK).bytes("current", secret);
    return transactions.run(() -> {
      Optional<Item> kept = mail.get(PK, SK);
      if (kept.isPresent()) {
        return new Attempt.Done<>(secrets(kept.get()));
      }
      return new Attempt.Write<>(new UnitOfWork().putNew(mail, made), secrets(made));
    });
  }

  private static List<byte[]> secrets(Item item) {
    List<byte[]> secrets = new ArrayList<>(List.of(item.bytes("current")));
    if (item.has("previous")) {
      secrets.add(item.bytes("previous"));
    }
    return secrets;
  }
}
