package email.daimon.functions.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Under SnapStart a function has no access keys in its environment: an address gives them, and each
 * client must ask it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">SnapStart</a>
 */
final class AwsClientFactoryTest {
  private static final String KEY = "AKIDOFTHEROLE";
  private static final String TOKEN = "token-of-the-function";
  private final List<String> signed = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/credentials", this::credentials);
    server.createContext("/", this::refuse);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    System.setProperty("aws.containerCredentialsFullUri", address + "/credentials");
    System.setProperty("aws.containerAuthorizationToken", TOKEN);
    System.setProperty("aws.endpointUrl", address);
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.containerCredentialsFullUri");
    System.clearProperty("aws.containerAuthorizationToken");
    System.clearProperty("aws.endpointUrl");
    server.stop(0);
  }

  @Test
  void everyClientSignsByWhatTheAddressGives() {
    AwsClients clients =
        AwsClientFactory.fromEnvironment(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/credentials",
                "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));

    refused(() -> clients.dynamoDb().getItem(get -> get.tableName("t").key(Map.of())));
    refused(() -> clients.s3().headObject(head -> head.bucket("bucket").key("k")));
    refused(
        () -> clients.sqs().sendMessage(send -> send.queueUrl("https://q/1/q").messageBody("")));
    refused(() -> clients.ses().getAccount(_ -> {}));
    refused(() -> clients.kms().decrypt(decrypt -> decrypt.keyId("key")));

    assertThat(signed).hasSize(5).allMatch(header -> header.contains("Credential=" + KEY + "/"));
    assertThat(asked).isNotEmpty().containsOnly(TOKEN);
    assertThat(
            clients
                .presigner()
                .presignGetObject(sign ->
                    sign.signatureDuration(Duration.ofMinutes(1))
                        .getObjectRequest(get -> get.bucket("bucket").key("k")))
                .url()
                .getQuery())
        .contains("X-Amz-Credential=" + KEY + "%2F");
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(AwsServiceException.class);
  }

  private void credentials(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(
        exchange,
        200,
        """
        {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "session",
         "Expiration": "%s"}
        """
            .formatted(KEY, Instant.now().plus(Duration.ofHours(1))));
  }

  private void refuse(HttpExchange exchange) throws IOException {
    signed.add(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(exchange, 400, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
