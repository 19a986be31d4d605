package email.daimon.local.services;

import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Whatever answers as DynamoDB at an endpoint, asked as a function would ask it. Region and
 * credentials are those of the environment; an emulator takes any.
 */
final class DynamoDbElsewhere implements Database {
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  DynamoDbElsewhere(URI endpoint, Map<String, String> environment) {
    client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(environment.getOrDefault("AWS_REGION", LocalNames.REGION)))
            .credentialsProvider(credentials(environment))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(environment.getOrDefault("AWS_REGION", LocalNames.REGION)))
            .credentialsProvider(credentials(environment))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @Override
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    streams.close();
    client.close();
  }

  private static AwsCredentialsProvider credentials(Map<String, String> environment) {
    return environment.containsKey("AWS_ACCESS_KEY_ID")
        ? EnvironmentVariableCredentialsProvider.create()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }
}
