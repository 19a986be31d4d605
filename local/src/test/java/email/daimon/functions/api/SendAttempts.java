package email.daimon.functions.api;

import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.testing.DyingClients.Killed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * What each attempt to send a mail met, as the worker's own thread saw it: cut by a kill between
 * its mark and what ends it, no answer of SES, or a refusal. An attempt is known by its id, which
 * is in the mail's row and among SES's tags.
 */
final class SendAttempts {
  private static final String NOTHING = "";
  private static final String MARK = "ATTEMPTING";
  private final ThreadLocal<String> underWay = ThreadLocal.withInitial(() -> NOTHING);
  private final Map<String, String> mailOfAttempt = new ConcurrentHashMap<>();
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private final Set<String> killed = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Whether the worker was killed within this attempt. */
  boolean killed(String attempt) {
    return killed.contains(attempt);
  }

  /** Whether SES gave no answer in this attempt. */
  boolean unanswered(String attempt) {
    return unanswered.contains(attempt);
  }

  /** Whether SES refused the mail in this attempt. */
  boolean refused(String attempt) {
    return refused.contains(attempt);
  }

  /** The attempts, by their mails, after which it was in doubt whether SES had the mail. */
  Map<String, Set<String>> inDoubt() {
    return Stream.concat(killed.stream(), unanswered.stream())
        .collect(Collectors.groupingBy(mailOfAttempt::get, Collectors.toSet()));
  }

  /** The attempts that called SES without having marked it. */
  Set<String> unmarked() {
    return called.stream()
        .filter(attempt -> !mailOfAttempt.containsKey(attempt))
        .collect(Collectors.toSet());
  }

  int kills() {
    return killed.size();
  }

  /** Clients whose writes are seen as they are made, whoever hears of it. */
  AwsClients seeing(AwsClients clients) {
    return clients.withDynamoDb(
        proxy(
            DynamoDbClient.class,
            (method, arguments) -> {
              List<MailRows.Row> rows = MailRows.of(method.getName(), asked(arguments));
              begins(rows);
              try {
                Object answer = method.invoke(clients.dynamoDb(), arguments);
                ends(rows);
                return answer;
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof TransactionConflictException && isMark(rows)) {
                  underWay.remove();
                }
                throw e;
              }
            }));
  }

  /** Clients of one process, above all that may go wrong. A message of a batch has its thread. */
  AwsClients watching(AwsClients clients) {
    underWay.remove();
    return clients
        .withDynamoDb(proxy(DynamoDbClient.class, noting(clients.dynamoDb())))
        .withSes(proxy(SesV2Client.class, noting(clients.ses())));
  }

  private interface Handler {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return handler.call(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  // A mark that was made may look refused, when its answer was lost and it was asked for again.
  private void begins(List<MailRows.Row> rows) {
    rows.stream()
        .filter(row -> row.state().equals(MARK))
        .forEach(row -> {
          underWay.set(row.attempt());
          mailOfAttempt.put(row.attempt(), row.id());
        });
  }

  private static boolean isMark(List<MailRows.Row> rows) {
    return rows.stream().anyMatch(row -> row.state().equals(MARK));
  }

  private void ends(List<MailRows.Row> rows) {
    if (!isMark(rows) && rows.stream().anyMatch(row -> row.attempt().equals(underWay.get()))) {
      underWay.set(NOTHING);
    }
  }

  private Handler noting(Object client) {
    return (method, arguments) -> {
      Optional<String> attempt = attempt(asked(arguments));
      attempt.ifPresent(called::add);
      try {
        return method.invoke(client, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Killed && !underWay.get().equals(NOTHING)) {
          killed.add(underWay.get());
        }
        attempt.ifPresent(one -> note(one, e.getCause()));
        throw e;
      }
    };
  }

  private void note(String attempt, Throwable met) {
    if (met instanceof SdkClientException) {
      unanswered.add(attempt);
    } else if (met instanceof MessageRejectedException) {
      refused.add(attempt);
    }
  }

  // Some ask nothing.
  private static List<Object> asked(Object @Nullable [] arguments) {
    return arguments == null ? List.of() : List.of(arguments);
  }

  private static Optional<String> attempt(List<Object> asked) {
    return asked.stream()
        .filter(SendEmailRequest.class::isInstance)
        .map(SendEmailRequest.class::cast)
        .flatMap(request -> request.emailTags().stream())
        .filter(tag -> tag.name().equals("attempt"))
        .map(MessageTag::value)
        .findFirst();
  }
}
