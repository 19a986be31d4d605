package email.daimon.functions.testing;

import email.daimon.functions.aws.AwsClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of a process that is killed right after its n-th call to the outside: the call takes
 * effect, its answer reaches nobody, and no further call is made.
 */
public final class DyingClients {
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<Call> lastCall = new AtomicReference<>();
  private final int last;

  public DyingClients(int last) {
    this.last = last;
  }

  /** The process is gone. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A call to the outside.
   *
   * @param operation of the client, such as {@code putItem}
   */
  public record Call(Class<?> client, String operation, List<Object> arguments) {}

  /** After which call the process was killed; empty while it was not called so often. */
  public Optional<Call> lastCall() {
    return Optional.ofNullable(lastCall.get());
  }

  /** Calls so far. */
  public int calls() {
    return calls.get();
  }

  /** These clients, as that process has them. */
  public AwsClients of(AwsClients clients) {
    return new AwsClients(
        dying(DynamoDbClient.class, clients.dynamoDb()),
        dying(S3Client.class, clients.s3()),
        clients.presigner(),
        dying(SqsClient.class, clients.sqs()),
        dying(SesV2Client.class, clients.ses()),
        dying(KmsClient.class, clients.kms()));
  }

  /** Something else that this process calls. */
  public <T> T dying(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (arguments == null) {
                // Asks the client about itself, not the outside.
                return method.invoke(client);
              }
              int call = calls.incrementAndGet();
              if (call > last) {
                throw new Killed();
              }
              if (call == last) {
                lastCall.set(new Call(type, method.getName(), List.of(arguments)));
              }
              try {
                Object answer = method.invoke(client, arguments);
                if (calls.get() >= last) {
                  throw new Killed();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
