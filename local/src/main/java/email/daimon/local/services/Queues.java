package email.daimon.local.services;

import java.net.URI;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** An SQS, in this process or elsewhere. */
interface Queues extends AutoCloseable {
  URI endpoint();

  /** Gives a client's builder the way here. */
  SqsClientBuilder reached(SqsClientBuilder builder);

  /** The platform's own way, which may be shorter than the client's that speaks HTTP. */
  SqsClient shortest(SqsClient http);

  /** Messages of a queue, by its name. */
  QueueDepth depth(String queue);

  @Override
  void close();
}
