package email.daimon.local.services;

import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Services that something outside this process answers for, asked as a function would ask them; a
 * service without an endpoint is kept in this process. Region and credentials are those of the
 * environment; an emulator takes any.
 */
public record Endpoints(
    Optional<URI> dynamoDb, Optional<URI> sqs, Map<String, String> environment) {
  /** Everything is kept in this process. */
  public static final Endpoints NONE = new Endpoints(Optional.empty(), Optional.empty(), Map.of());

  public Endpoints {
    Objects.requireNonNull(dynamoDb);
    Objects.requireNonNull(sqs);
    environment = Map.copyOf(environment);
  }

  /** Puts endpoint, region and credentials into the builder of a client. */
  <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(environment.getOrDefault("AWS_REGION", LocalNames.REGION)))
        .credentialsProvider(credentials());
  }

  private AwsCredentialsProvider credentials() {
    return environment.containsKey("AWS_ACCESS_KEY_ID")
        ? EnvironmentVariableCredentialsProvider.create()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }
}
