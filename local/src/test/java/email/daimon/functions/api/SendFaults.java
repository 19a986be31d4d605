package email.daimon.functions.api;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Failure;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Faults of the tables and of SES that come at random, each counted where it happens. */
final class SendFaults {
  private static final double TABLES = 0.03;
  private static final double UNHEARD = 0.02;
  private static final Set<String> SINGLE_WRITES = Set.of("putItem", "updateItem", "deleteItem");
  private final RandomGenerator random;
  private final SendTally tally;
  // What the write that this thread is making has met.
  private final ThreadLocal<Optional<Action>> met = ThreadLocal.withInitial(Optional::empty);

  SendFaults(RandomGenerator random, SendTally tally) {
    this.random = random;
    this.tally = tally;
  }

  void begin(Faults tables, Faults ses) {
    for (Action action : new Action[] {Action.CONFLICT, Action.LOSE}) {
      tables.randomly(
          new Fault(Step.DB_WRITE, action, Duration.ZERO),
          TABLES,
          noticing(TABLES, () -> met.set(Optional.of(action))));
    }
    ses(ses, Action.LOSE, Optional.empty(), 0.03, Injected.SES_LOST);
    ses(ses, Action.FAIL, Optional.of(Failure.BROKEN), 0.02, Injected.SES_BROKEN);
    ses(ses, Action.FAIL, Optional.of(Failure.THROTTLED), 0.02, Injected.SES_THROTTLED);
    ses(ses, Action.FAIL, Optional.of(Failure.REJECTED), 0.01, Injected.SES_REJECTED);
    ses(ses, Action.TWICE, Optional.empty(), 0.05, Injected.REPORTS_TWICE);
  }

  private void ses(
      Faults faults, Action action, Optional<Failure> error, double probability, Injected what) {
    faults.randomly(
        new Fault(Step.SES_SEND, action, Duration.ZERO, error),
        probability,
        noticing(probability, () -> tally.count(what)));
  }

  // A fault comes where the number drawn for it is below its probability.
  private RandomGenerator noticing(double probability, Runnable fault) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return random.nextLong();
      }

      @Override
      public double nextDouble() {
        double drawn = random.nextDouble();
        if (drawn < probability) {
          fault.run();
        }
        return drawn;
      }
    };
  }

  /** Clients whose writes are counted by what they meet, and of which some are not heard of. */
  AwsClients on(AwsClients clients) {
    DynamoDbClient tables = clients.dynamoDb();
    return clients.withDynamoDb(
        (DynamoDbClient)
            Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (_, method, arguments) -> {
                  boolean transaction = method.getName().equals(MailRows.TRANSACTION);
                  boolean write = transaction || SINGLE_WRITES.contains(method.getName());
                  met.remove();
                  try {
                    Object answer = method.invoke(tables, arguments);
                    if (write && met.get().isEmpty() && random.nextDouble() < UNHEARD) {
                      tally.count(transaction ? Injected.TRANSACTION_LOST : Injected.WRITE_LOST);
                      throw SdkClientException.create("the answer was lost (as asked for)");
                    }
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  } finally {
                    met.get().ifPresent(action -> tally.count(line(action, transaction)));
                  }
                }));
  }

  private static Injected line(Action action, boolean transaction) {
    if (action == Action.CONFLICT) {
      return transaction ? Injected.TRANSACTION_CONFLICT : Injected.WRITE_CONFLICT;
    }
    return transaction ? Injected.TRANSACTION_RETRIED : Injected.WRITE_RETRIED;
  }
}
