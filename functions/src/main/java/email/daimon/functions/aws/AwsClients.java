package email.daimon.functions.aws;

import static java.util.Objects.requireNonNull;

import email.daimon.Once;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients a function may use, each made when it is first asked for: one costs tens of
 * milliseconds of a cold start. On one machine they point at emulated services, else at AWS.
 */
public final class AwsClients {
  private final Supplier<DynamoDbClient> dynamoDb;
  private final Supplier<S3Client> s3;
  private final Supplier<S3Presigner> presigner;
  private final Supplier<SqsClient> sqs;
  private final Supplier<SesV2Client> ses;
  private final Supplier<KmsClient> kms;

  /** Clients that are there. */
  public AwsClients(
      DynamoDbClient dynamoDb,
      S3Client s3,
      S3Presigner presigner,
      SqsClient sqs,
      SesV2Client ses,
      KmsClient kms) {
    this(there(dynamoDb), there(s3), there(presigner), there(sqs), there(ses), there(kms));
  }

  private AwsClients(
      Supplier<DynamoDbClient> dynamoDb,
      Supplier<S3Client> s3,
      Supplier<S3Presigner> presigner,
      Supplier<SqsClient> sqs,
      Supplier<SesV2Client> ses,
      Supplier<KmsClient> kms) {
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
    this.presigner = presigner;
    this.sqs = sqs;
    this.ses = ses;
    this.kms = kms;
  }

  /** Clients that are made once they are needed. */
  static AwsClients onDemand(
      Supplier<DynamoDbClient> dynamoDb,
      Supplier<S3Client> s3,
      Supplier<S3Presigner> presigner,
      Supplier<SqsClient> sqs,
      Supplier<SesV2Client> ses,
      Supplier<KmsClient> kms) {
    return new AwsClients(
        new Once<>(dynamoDb),
        new Once<>(s3),
        new Once<>(presigner),
        new Once<>(sqs),
        new Once<>(ses),
        new Once<>(kms));
  }

  /** Makes all that are not made yet: before a snapshot, so that no restored copy has to. */
  AwsClients made() {
    for (Supplier<?> client : List.of(dynamoDb, s3, presigner, sqs, ses, kms)) {
      var _ = client.get();
    }
    return this;
  }

  private static <T> Supplier<T> there(T client) {
    requireNonNull(client, "a client is null");
    return () -> client;
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb.get();
  }

  public S3Client s3() {
    return s3.get();
  }

  public S3Presigner presigner() {
    return presigner.get();
  }

  public SqsClient sqs() {
    return sqs.get();
  }

  public SesV2Client ses() {
    return ses.get();
  }

  public KmsClient kms() {
    return kms.get();
  }

  /** The same with other tables. */
  public AwsClients withDynamoDb(DynamoDbClient other) {
    return new AwsClients(there(other), s3, presigner, sqs, ses, kms);
  }

  /** The same with other queues. */
  public AwsClients withSqs(SqsClient other) {
    return new AwsClients(dynamoDb, s3, presigner, there(other), ses, kms);
  }

  /** The same with another SES. */
  public AwsClients withSes(SesV2Client other) {
    return new AwsClients(dynamoDb, s3, presigner, sqs, there(other), kms);
  }
}
