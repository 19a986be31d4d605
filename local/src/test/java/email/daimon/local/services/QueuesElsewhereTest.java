package email.daimon.local.services;

import email.daimon.local.testing.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Over another SQS: LocalStack's, or the one that the environment names. */
final class QueuesElsewhereTest extends QueueContract {
  private static Endpoints endpoints;
  private SqsClient sqs;

  @BeforeAll
  static void find() {
    endpoints = Elsewhere.endpoints();
  }

  @BeforeEach
  void open() {
    sqs =
        endpoints
            .at(endpoints.sqs().orElseThrow(), SqsClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void deleteQueues() {
    made.forEach(url -> sqs.deleteQueue(r -> r.queueUrl(url)));
    sqs.close();
  }

  @Override
  SqsClient sqs() {
    return sqs;
  }

  @Override
  void pass(int seconds) {
    // Real time passes; who waits for a message waits long enough.
  }
}
