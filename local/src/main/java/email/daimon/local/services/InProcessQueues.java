package email.daimon.local.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.ActorRef;
import org.elasticmq.BinaryMessageAttribute;
import org.elasticmq.DefaultVisibilityTimeout$;
import org.elasticmq.DeliveryReceipt;
import org.elasticmq.ImmediateNextDelivery$;
import org.elasticmq.MessageAttribute;
import org.elasticmq.MessageContent;
import org.elasticmq.MessageData;
import org.elasticmq.MillisNextDelivery;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.NewMessageData;
import org.elasticmq.NextDelivery;
import org.elasticmq.NumberMessageAttribute;
import org.elasticmq.OnDateTimeReceived;
import org.elasticmq.StringMessageAttribute;
import org.elasticmq.VisibilityTimeout;
import org.elasticmq.msg.DeleteMessage;
import org.elasticmq.msg.ReceiveMessages;
import org.elasticmq.msg.SendMessage;
import org.elasticmq.msg.UpdateVisibilityTimeout;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/**
 * The platform's own way to the queues: what every mail needs, sending, receiving and settling,
 * asks the queues themselves, since a request over loopback costs more than keeping a message. All
 * else goes over HTTP, and so does everything that functions ask for; an operation that is not here
 * is not to be used. All system attributes and message attributes are given, asked for or not.
 */
final class InProcessQueues implements SqsClient {
  private static final int MOST = 10;
  private static final int LONGEST_DELAY = 900;

  private final QueueServer server;
  private final SqsClient http;
  private final Map<String, ActorRef> queues = new ConcurrentHashMap<>();

  InProcessQueues(QueueServer server, SqsClient http) {
    this.server = Objects.requireNonNull(server);
    this.http = Objects.requireNonNull(http);
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    if (request.entries().size() > MOST
        || request.entries().stream().anyMatch(InProcessQueues::unusual)) {
      return http.sendMessageBatch(request);
    }
    ActorRef queue = queue(request.queueUrl());
    List<CompletableFuture<Object>> answers =
        request.entries().stream()
            .map(entry -> server.askLater(queue, new SendMessage(message(entry, server.now()))))
            .toList();
    List<SendMessageBatchResultEntry> kept = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      MessageData data = (MessageData) QueueServer.answer(answers.get(i), "send");
      kept.add(
          SendMessageBatchResultEntry.builder()
              .id(request.entries().get(i).id())
              .messageId(data.id().id())
              .md5OfMessageBody(md5(data.content().value()))
              .build());
    }
    return SendMessageBatchResponse.builder().successful(kept).failed(List.of()).build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    VisibilityTimeout hidden =
        request.visibilityTimeout() == null
            ? DefaultVisibilityTimeout$.MODULE$
            : MillisVisibilityTimeout.fromSeconds(request.visibilityTimeout());
    Optional<Duration> wait =
        Optional.ofNullable(request.waitTimeSeconds()).map(Duration::ofSeconds);
    int most = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
    Object found =
        server.ask(
            queue(request.queueUrl()),
            new ReceiveMessages(hidden, most, Option.apply(wait.orElse(null)), Option.empty()));
    List<Message> messages = new ArrayList<>();
    CollectionConverters.asJava((scala.collection.immutable.List<?>) found)
        .forEach(one -> messages.add(message((MessageData) one)));
    return ReceiveMessageResponse.builder().messages(messages).build();
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    List<Settling> all =
        request.entries().stream().map(e -> new Settling(e.id(), e.receiptHandle(), 0)).toList();
    List<BatchResultErrorEntry> failed =
        settle(
            request.queueUrl(), all, one -> new DeleteMessage(new DeliveryReceipt(one.receipt())));
    return DeleteMessageBatchResponse.builder().successful(List.of()).failed(failed).build();
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    List<Settling> all =
        request.entries().stream()
            .map(e -> new Settling(e.id(), e.receiptHandle(), e.visibilityTimeout()))
            .toList();
    List<BatchResultErrorEntry> failed =
        settle(
            request.queueUrl(),
            all,
            one ->
                new UpdateVisibilityTimeout(
                    new DeliveryReceipt(one.receipt()),
                    MillisVisibilityTimeout.fromSeconds(one.seconds())));
    return ChangeMessageVisibilityBatchResponse.builder()
        .successful(List.of())
        .failed(failed)
        .build();
  }

  @Override
  public CreateQueueResponse createQueue(CreateQueueRequest request) {
    return http.createQueue(request);
  }

  @Override
  public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
    return http.setQueueAttributes(request);
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    return http.getQueueAttributes(request);
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    return http.purgeQueue(request);
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    return http.sendMessage(request);
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    return http.getQueueUrl(request);
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    return http.deleteMessage(request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    http.close();
  }

  private record Settling(String id, String receipt, long seconds) {}

  private List<BatchResultErrorEntry> settle(
      String queueUrl, List<Settling> all, Function<Settling, Object> command) {
    ActorRef queue = queue(queueUrl);
    List<CompletableFuture<Object>> answers =
        all.stream().map(one -> server.askLater(queue, command.apply(one))).toList();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Either<?, ?> answer = (Either<?, ?>) QueueServer.answer(answers.get(i), "settle");
      if (answer.isLeft()) {
        failed.add(
            BatchResultErrorEntry.builder()
                .id(all.get(i).id())
                .code("ReceiptHandleIsInvalid")
                .senderFault(true)
                .build());
      }
    }
    return failed;
  }

  // With attributes, or to be refused.
  private static boolean unusual(SendMessageBatchRequestEntry entry) {
    return entry.hasMessageAttributes()
        || (entry.delaySeconds() != null && entry.delaySeconds() > LONGEST_DELAY);
  }

  private ActorRef queue(String url) {
    return queues.computeIfAbsent(url.substring(url.lastIndexOf('/') + 1), server::queue);
  }

  // The queues count a delay from the machine's clock, and tell the time by the platform's.
  private static NewMessageData message(SendMessageBatchRequestEntry entry, Instant now) {
    NextDelivery next =
        entry.delaySeconds() == null || entry.delaySeconds() == 0
            ? ImmediateNextDelivery$.MODULE$
            : new MillisNextDelivery(now.plusSeconds(entry.delaySeconds()).toEpochMilli());
    return new NewMessageData(
        Option.empty(),
        new MessageContent(entry.messageBody()),
        scala.collection.immutable.Map$.MODULE$.empty(),
        next,
        Option.empty(),
        Option.empty(),
        0,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private static Message message(MessageData data) {
    Map<MessageSystemAttributeName, String> attributes =
        new EnumMap<>(MessageSystemAttributeName.class);
    attributes.put(MessageSystemAttributeName.SENDER_ID, "127.0.0.1");
    attributes.put(
        MessageSystemAttributeName.SENT_TIMESTAMP,
        Long.toString(data.created().toInstant().toEpochMilli()));
    attributes.put(
        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
        Integer.toString(data.statistics().approximateReceiveCount()));
    if (data.statistics().approximateFirstReceive() instanceof OnDateTimeReceived first) {
      attributes.put(
          MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
          Long.toString(first.when().toInstant().toEpochMilli()));
    }
    Map<String, MessageAttributeValue> own = new HashMap<>();
    CollectionConverters.asJava(data.messageAttributes())
        .forEach((name, value) -> own.put(name, value(value)));
    return Message.builder()
        .messageId(data.id().id())
        .receiptHandle(data.deliveryReceipt().get().receipt())
        .body(data.content().value())
        .md5OfBody(md5(data.content().value()))
        .attributes(attributes)
        .messageAttributes(own)
        .build();
  }

  private static MessageAttributeValue value(MessageAttribute attribute) {
    MessageAttributeValue.Builder value =
        MessageAttributeValue.builder().dataType(attribute.getDataType());
    return switch (attribute) {
      case StringMessageAttribute text -> value.stringValue(text.stringValue()).build();
      case NumberMessageAttribute number -> value.stringValue(number.stringValue()).build();
      case BinaryMessageAttribute bytes ->
          value
              .binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(bytes.asBase64())))
              .build();
      default -> throw new ServiceException("an attribute of type " + attribute.getDataType());
    };
  }

  private static String md5(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
