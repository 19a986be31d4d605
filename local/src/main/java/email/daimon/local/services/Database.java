package email.daimon.local.services;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB, in this process or elsewhere. */
interface Database extends AutoCloseable {
  DynamoDbClient client();

  @Override
  void close();
}
