package email.daimon.local.ses;

import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The rule that every received mail meets: its bytes go to the bucket, and a notification with its
 * envelope and verdicts goes by way of SNS to the inbound queue.
 */
public final class ReceiptRule {
  private static final String AGAIN = "-again";
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final Target target;
  private final BlobStore objects;
  private final SqsClient sqs;
  private final Faults faults;
  private final InstantSource clock;

  /** Where the mail and the notification go. */
  public record Target(String bucket, String prefix, String topicArn, String queueUrl) {
    public Target {
      Objects.requireNonNull(bucket);
      Objects.requireNonNull(prefix);
      Objects.requireNonNull(topicArn);
      Objects.requireNonNull(queueUrl);
    }

    String key(ReceivedMail mail) {
      return prefix + mail.id();
    }
  }

  public ReceiptRule(
      Target target, BlobStore objects, SqsClient sqs, Faults faults, InstantSource clock) {
    this.target = Objects.requireNonNull(target);
    this.objects = Objects.requireNonNull(objects);
    this.sqs = Objects.requireNonNull(sqs);
    this.faults = Objects.requireNonNull(faults);
    this.clock = Objects.requireNonNull(clock);
  }

  /**
   * Hands on at most ten mails.
   *
   * @return those that must be handed on again
   */
  Set<Spool.Entry> apply(List<Spool.Entry> batch) throws IOException {
    Set<Spool.Entry> again = new HashSet<>();
    List<SendMessageBatchRequestEntry> notifications = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Spool.Entry entry = batch.get(i);
      HeaderBlock headers = store(entry);
      Optional<Fault> fault = faults.next(Step.INBOUND_NOTIFICATION);
      SendMessageBatchRequestEntry notification = notification(i, entry, headers, fault);
      switch (fault.map(Fault::action).orElse(Action.DELAY)) {
        case FAIL, CONFLICT -> again.add(entry);
        case LOSE -> {
          notifications.add(notification);
          again.add(entry);
        }
        case TWICE -> {
          notifications.add(notification);
          notifications.add(notification.toBuilder().id(i + AGAIN).build());
        }
        case DELAY -> notifications.add(notification);
      }
    }
    for (int from = 0; from < notifications.size(); from += 10) {
      List<SendMessageBatchRequestEntry> ten =
          notifications.subList(from, Math.min(from + 10, notifications.size()));
      for (BatchResultErrorEntry failed :
          sqs.sendMessageBatch(r -> r.queueUrl(target.queueUrl()).entries(ten)).failed()) {
        again.add(batch.get(Integer.parseInt(failed.id().replace(AGAIN, ""))));
      }
    }
    return again;
  }

  private SendMessageBatchRequestEntry notification(
      int number, Spool.Entry entry, HeaderBlock headers, Optional<Fault> fault) {
    Duration processing = Duration.between(entry.mail().receivedAt(), clock.instant());
    SesNotification notification = SesNotification.of(entry.mail(), headers, processing, target);
    SendMessageBatchRequestEntry.Builder message =
        SendMessageBatchRequestEntry.builder()
            .id(Integer.toString(number))
            .messageBody(notification.inSnsEnvelope(clock.instant()));
    fault
        .filter(f -> f.action() == Action.DELAY)
        .ifPresent(f -> message.delaySeconds(seconds(f.delay())));
    return message.build();
  }

  /** Puts the object, unless it is there whole: a reader of it may be under way. */
  private HeaderBlock store(Spool.Entry entry) throws IOException {
    HeaderBlock own;
    try (InputStream in = entry.open()) {
      own = HeaderBlock.read(in);
    }
    byte[] fields = SesFields.of(entry.mail(), own.fromDomain()).getBytes(StandardCharsets.UTF_8);
    HeaderBlock written = HeaderBlock.read(new ByteArrayInputStream(fields));
    long length = fields.length + entry.length();
    String key = target.key(entry.mail());
    HeadObjectResponse there = objects.blobMetadataIfPresent(target.bucket(), key);
    if (there == null || there.contentLength() != length) {
      try (InputStream raw = entry.open()) {
        var _ =
            objects.putBlob(
                PutObjectRequest.builder()
                    .bucket(target.bucket())
                    .key(key)
                    .contentLength(length)
                    .build(),
                new SequenceInputStream(new ByteArrayInputStream(fields), raw));
      }
    }
    return own.below(written.fields());
  }

  private static int seconds(Duration delay) {
    return (int) (delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay).toSeconds();
  }
}
