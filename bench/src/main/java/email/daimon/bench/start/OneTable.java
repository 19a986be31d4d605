package email.daimon.bench.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Does nothing but read one item by one client, made as cheaply as the SDK allows. */
public final class OneTable
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.of(Optional.ofNullable(System.getenv("AWS_REGION")).orElseThrow()))
          .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
          .httpClient(UrlConnectionHttpClient.create())
          .build();

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    boolean found =
        client
            .getItem(get ->
                get.tableName(System.getenv("MAIL_TABLE"))
                    .key(
                        Map.of(
                            "pk", AttributeValue.fromS("none"),
                            "sk", AttributeValue.fromS("none"))))
            .hasItem();
    return APIGatewayV2HTTPResponse.builder().withStatusCode(found ? 200 : 404).build();
  }
}
