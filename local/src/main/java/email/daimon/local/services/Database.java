package email.daimon.local.services;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A DynamoDB, in this process or elsewhere. */
interface Database extends AutoCloseable {
  DynamoDbClient client();

  /** The streams of its tables. */
  DynamoDbStreamsClient streams();

  @Override
  void close();
}
