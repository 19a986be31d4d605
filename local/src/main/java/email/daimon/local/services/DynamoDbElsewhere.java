package email.daimon.local.services;

import java.net.URI;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Whatever answers as DynamoDB at an endpoint. */
final class DynamoDbElsewhere implements Database {
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  DynamoDbElsewhere(URI endpoint, Endpoints endpoints) {
    client =
        endpoints
            .at(endpoint, DynamoDbClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    streams =
        endpoints
            .at(endpoint, DynamoDbStreamsClient.builder())
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
}
