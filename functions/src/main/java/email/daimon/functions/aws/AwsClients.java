package email.daimon.functions.aws;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients a function may use. On one machine they point at emulated services, else at AWS. */
public record AwsClients(
    DynamoDbClient dynamoDb,
    S3Client s3,
    S3Presigner presigner,
    SqsClient sqs,
    SesV2Client ses,
    KmsClient kms) {
  public AwsClients {
    requireNonNull(dynamoDb, "dynamoDb is null");
    requireNonNull(s3, "s3 is null");
    requireNonNull(presigner, "presigner is null");
    requireNonNull(sqs, "sqs is null");
    requireNonNull(ses, "ses is null");
    requireNonNull(kms, "kms is null");
  }

  /** The same with other tables. */
  public AwsClients withDynamoDb(DynamoDbClient other) {
    return new AwsClients(other, s3, presigner, sqs, ses, kms);
  }

  /** The same with other queues. */
  public AwsClients withSqs(SqsClient other) {
    return new AwsClients(dynamoDb, s3, presigner, other, ses, kms);
  }

  /** The same with another SES. */
  public AwsClients withSes(SesV2Client other) {
    return new AwsClients(dynamoDb, s3, presigner, sqs, other, kms);
  }
}
