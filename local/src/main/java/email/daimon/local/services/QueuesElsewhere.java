package email.daimon.local.services;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whatever answers as SQS at an endpoint. Its messages go by its own clock, not by that here. */
final class QueuesElsewhere implements Queues {
  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final URI endpoint;
  private final Endpoints endpoints;
  private final SqsClient counting;

  QueuesElsewhere(URI endpoint, Endpoints endpoints) {
    this.endpoint = Objects.requireNonNull(endpoint);
    this.endpoints = Objects.requireNonNull(endpoints);
    counting = reached(SqsClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public SqsClientBuilder reached(SqsClientBuilder builder) {
    return endpoints.at(endpoint, builder);
  }

  @Override
  public SqsClient shortest(SqsClient http) {
    return http;
  }

  @Override
  public QueueDepth depth(String queue) {
    String url = counting.getQueueUrl(r -> r.queueName(queue)).queueUrl();
    Map<QueueAttributeName, String> counts =
        counting.getQueueAttributes(r -> r.queueUrl(url).attributeNames(COUNTS)).attributes();
    List<Long> numbers = COUNTS.stream().map(name -> Long.valueOf(counts.get(name))).toList();
    return new QueueDepth(numbers.get(0), numbers.get(1), numbers.get(2));
  }

  @Override
  public void close() {
    counting.close();
  }
}
