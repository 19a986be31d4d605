package email.daimon.functions.aws;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes the clients of a function from its environment. Endpoints come from {@code
 * AWS_ENDPOINT_URL_<SERVICE>}.
 */
public final class AwsClientFactory {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration DYNAMODB_ATTEMPT = Duration.ofSeconds(2);
  private static final Duration DYNAMODB_CALL = Duration.ofSeconds(4);
  private static final Duration S3_ATTEMPT = Duration.ofSeconds(30);
  private static final Duration KMS_ATTEMPT = Duration.ofSeconds(2);
  private static final Duration KMS_CALL = Duration.ofSeconds(5);
  // A mail of 40 MB is on its way for some seconds.
  private static final Duration SES_CALL = Duration.ofSeconds(20);

  private AwsClientFactory() {}

  /**
   * Without this the JDK sends a POST again, by itself, when the server hangs up without an answer:
   * below the SDK's retries, where nobody sees it. Read once, before the first connection.
   */
  public static void sendOnce() {
    System.setProperty("sun.net.http.retryPost", "false");
  }

  /** Reads region and credentials as Lambda gives them, under SnapStart too. */
  public static AwsClients fromEnvironment(Map<String, String> environment) {
    AwsClients clients = of(environment, credentials(environment));
    boolean snapshot = "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    return snapshot ? clients.made() : clients;
  }

  /** With the credentials of a person: of the environment, or of a profile. */
  public static AwsClients forOperator(Map<String, String> environment) {
    return of(environment, DefaultCredentialsProvider.builder().build());
  }

  /**
   * Clients that do all but call: instead of the network they have {@code http}, and credentials
   * that open nothing.
   */
  public static AwsClients offline(Map<String, String> environment, SdkHttpClient http) {
    AwsBasicCredentials nobody = AwsBasicCredentials.create("nobody", "nothing");
    return of(environment, StaticCredentialsProvider.create(nobody), http);
  }

  private static AwsClients of(
      Map<String, String> environment, AwsCredentialsProvider credentials) {
    sendOnce();
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(S3_ATTEMPT)
            .build();
    return of(environment, credentials, http);
  }

  private static AwsClients of(
      Map<String, String> environment, AwsCredentialsProvider credentials, SdkHttpClient http) {
    String regionName = environment.get("AWS_REGION");
    if (regionName == null) {
      throw new IllegalStateException("AWS_REGION is not set");
    }
    Region region = Region.of(regionName);
    return AwsClients.onDemand(
        () ->
            DynamoDbClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(timeouts(DYNAMODB_ATTEMPT, DYNAMODB_CALL))
                .build(),
        () ->
            S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build(),
        () -> S3Presigner.builder().region(region).credentialsProvider(credentials).build(),
        () ->
            SqsClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build(),
        () ->
            ses(
                SesV2Client.builder()
                    .region(region)
                    .credentialsProvider(credentials)
                    .httpClient(http)),
        () ->
            KmsClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(timeouts(KMS_ATTEMPT, KMS_CALL))
                .build());
  }

  /**
   * A client that sends once: {@code SendEmail} is not idempotent, so nothing is tried again below
   * the caller.
   */
  public static SesV2Client ses(SesV2ClientBuilder builder) {
    return builder
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(SES_CALL)
                .addExecutionInterceptor(new Transmission.Watcher())
                .build())
        .build();
  }

  // Under SnapStart the access-key variables are absent and the container provider's address is
  // set.
  private static AwsCredentialsProvider credentials(Map<String, String> environment) {
    return environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        ? ContainerCredentialsProvider.create()
        : EnvironmentVariableCredentialsProvider.create();
  }

  private static ClientOverrideConfiguration timeouts(Duration attempt, Duration call) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(attempt)
        .apiCallTimeout(call)
        .build();
  }
}
