package email.daimon.functions.testing;

import email.daimon.functions.aws.AwsClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Queries as they are over large rows: a page of DynamoDB ends at 1 MB, which here is after so many
 * rows, whatever its limit.
 */
public final class ShortPages {
  private final int rows;

  public ShortPages(int rows) {
    this.rows = rows;
  }

  /** These clients, with such rows. */
  public AwsClients of(AwsClients clients) {
    return clients.withDynamoDb(of(clients.dynamoDb()));
  }

  private DynamoDbClient of(DynamoDbClient real) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              try {
                return arguments != null
                        && arguments.length == 1
                        && arguments[0] instanceof QueryRequest query
                    ? real.query(cut(query))
                    : method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private QueryRequest cut(QueryRequest query) {
    int limit = query.limit() == null ? rows : Math.min(query.limit(), rows);
    return query.toBuilder().limit(limit).build();
  }
}
