package email.daimon.functions.testing;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Queues that keep what is sent to them, and can refuse it. */
public final class RecordingSqs {
  private final List<SendMessageRequest> sent = Collections.synchronizedList(new ArrayList<>());
  private boolean refusing;

  /** What was sent since the last {@link #clear}. */
  public List<SendMessageRequest> sent() {
    return sent;
  }

  public void clear() {
    sent.clear();
  }

  public void refuse(boolean all) {
    refusing = all;
  }

  /** A batch of one, as the queue would hand it over. */
  public static SQSEvent event(SendMessageRequest request) {
    return event(message(request));
  }

  public static SQSEvent event(SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return event;
  }

  public static SQSMessage message(SendMessageRequest request) {
    SQSMessage message = message(request.messageBody());
    message.setMessageAttributes(
        request.messageAttributes().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> {
                      MessageAttribute attribute = new MessageAttribute();
                      attribute.setStringValue(entry.getValue().stringValue());
                      return attribute;
                    })));
    return message;
  }

  public static SQSMessage message(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("sqs-" + Integer.toHexString(body.hashCode()));
    message.setBody(body);
    return message;
  }

  @SuppressWarnings("unchecked")
  public SqsClient client() {
    return (SqsClient)
        Proxy.newProxyInstance(
            SqsClient.class.getClassLoader(),
            new Class<?>[] {SqsClient.class},
            (_, method, arguments) -> {
              if (refusing) {
                throw SdkClientException.create("the queue refuses");
              }
              if (method.getName().equals("sendMessageBatch")) {
                return batch((Consumer<SendMessageBatchRequest.Builder>) arguments[0]);
              }
              SendMessageRequest.Builder request = SendMessageRequest.builder();
              ((Consumer<SendMessageRequest.Builder>) arguments[0]).accept(request);
              sent.add(request.build());
              return SendMessageResponse.builder().messageId("m").build();
            });
  }

  private SendMessageBatchResponse batch(Consumer<SendMessageBatchRequest.Builder> filled) {
    SendMessageBatchRequest.Builder request = SendMessageBatchRequest.builder();
    filled.accept(request);
    List<SendMessageBatchRequestEntry> entries = request.build().entries();
    if (entries.size() > 10) {
      throw SdkClientException.create("more than ten in a batch");
    }
    entries.forEach(entry ->
        sent.add(
            SendMessageRequest.builder()
                .messageBody(entry.messageBody())
                .messageGroupId(entry.messageGroupId())
                .build()));
    return SendMessageBatchResponse.builder().failed(List.of()).build();
  }
}
