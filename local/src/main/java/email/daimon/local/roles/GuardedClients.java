package email.daimon.local.roles;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.stack.Role.Call;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.presigner.PresignRequest;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Clients that ask before each call whether the function may make it, and fail as the service would
 * where it may not.
 */
public final class GuardedClients {
  /** Says whether a call may be made. */
  @FunctionalInterface
  public interface Gate {
    boolean lets(Call call);
  }

  private GuardedClients() {}

  public static AwsClients of(AwsClients clients, Gate gate) {
    Objects.requireNonNull(gate);
    return new AwsClients(
        guarded(DynamoDbClient.class, clients.dynamoDb(), gate, DynamoDbException::builder),
        guarded(S3Client.class, clients.s3(), gate, S3Exception::builder),
        guarded(S3Presigner.class, clients.presigner(), gate, S3Exception::builder),
        guarded(SqsClient.class, clients.sqs(), gate, SqsException::builder),
        guarded(SesV2Client.class, clients.ses(), gate, SesV2Exception::builder),
        guarded(KmsClient.class, clients.kms(), gate, KmsException::builder));
  }

  private static <C> C guarded(
      Class<C> type, C client, Gate gate, Supplier<AwsServiceException.Builder> refusal) {
    Guard guard = new Guard(client, gate, refusal);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, guard));
  }

  private record Guard(Object client, Gate gate, Supplier<AwsServiceException.Builder> refusal)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      Object request = arguments == null || arguments.length == 0 ? null : arguments[0];
      // Builders and pages end in a call with a request, of this proxy again.
      if (request instanceof Consumer<?> || method.getName().endsWith("Paginator")) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      if (!(request instanceof SdkRequest) && !(request instanceof PresignRequest)) {
        return call(method, arguments);
      }
      Permissions.of(request).forEach(this::ask);
      try {
        return call(method, arguments);
      } catch (S3Exception e) {
        if (e.statusCode() == 404) {
          Permissions.ofMissing(request).ifPresent(this::ask);
        }
        throw e;
      }
    }

    private void ask(Call call) {
      if (!gate.lets(call)) {
        String message =
            "not authorized to perform: %s on %s".formatted(call.action(), call.resource());
        throw refusal
            .get()
            .statusCode(403)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDeniedException")
                    .errorMessage(message)
                    .build())
            .build();
      }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(client, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
