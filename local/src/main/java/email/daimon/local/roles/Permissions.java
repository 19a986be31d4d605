package email.daimon.local.roles;

import email.daimon.local.stack.LocalNames;
import email.daimon.local.stack.Role.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PutObjectPresignRequest;
import software.amazon.awssdk.services.sesv2.model.CreateTenantRequest;
import software.amazon.awssdk.services.sesv2.model.CreateTenantResourceAssociationRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Which permissions an operation of the SDK needs, and of what. One that is not in this table is
 * allowed to nobody: it has not been thought of.
 */
public final class Permissions {
  private Permissions() {}

  /** All that IAM asks before this request is served, or this address signed. */
  public static List<Call> of(Object request) {
    return switch (request) {
      case SendMessageRequest send -> List.of(queue(send.queueUrl()));
      case SendMessageBatchRequest send -> List.of(queue(send.queueUrl()));
      case SendEmailRequest mail -> mail(mail);
      case CreateTenantRequest _ -> List.of(call("ses:CreateTenant", "*"));
      case CreateTenantResourceAssociationRequest tenant ->
          Stream.of(ses("tenant/" + tenant.tenantName() + "/id"), tenant.resourceArn())
              .map(arn -> call("ses:CreateTenantResourceAssociation", arn))
              .toList();
      case GenerateDataKeyWithoutPlaintextRequest key ->
          List.of(call("kms:GenerateDataKeyWithoutPlaintext", key.keyId()));
      case DecryptRequest key -> List.of(call("kms:Decrypt", key.keyId()));
      case GetObjectRequest get -> List.of(object("s3:GetObject", get.bucket(), get.key()));
      case HeadObjectRequest head -> List.of(object("s3:GetObject", head.bucket(), head.key()));
      case PutObjectRequest put -> List.of(object("s3:PutObject", put.bucket(), put.key()));
      case CopyObjectRequest copy ->
          List.of(
              object("s3:GetObject", copy.sourceBucket(), copy.sourceKey()),
              object("s3:PutObject", copy.destinationBucket(), copy.destinationKey()));
      case DeleteObjectRequest delete ->
          List.of(object("s3:DeleteObject", delete.bucket(), delete.key()));
      case ListObjectsV2Request list -> List.of(list(list));
      case GetObjectPresignRequest signed -> of(signed.getObjectRequest());
      case PutObjectPresignRequest signed -> of(signed.putObjectRequest());
      case TransactWriteItemsRequest write -> TablePermissions.ofTransaction(write);
      case SdkRequest other ->
          TablePermissions.of(other).orElseGet(() -> List.of(call("unknown:" + name(other), "*")));
      default -> throw new IllegalStateException("no request: " + request);
    };
  }

  /**
   * What S3 asks for once more where there is no such object: to who may not list the bucket it
   * says 403 of what is missing, not 404.
   */
  static Optional<Call> ofMissing(Object request) {
    return switch (request) {
      case GetObjectRequest get -> Optional.of(missing(get.bucket()));
      case HeadObjectRequest head -> Optional.of(missing(head.bucket()));
      case CopyObjectRequest copy -> Optional.of(missing(copy.sourceBucket()));
      default -> Optional.empty();
    };
  }

  static Call call(String action, String arn) {
    return new Call(action, arn, Map.of());
  }

  private static String name(SdkRequest request) {
    return request.getClass().getSimpleName();
  }

  private static Call missing(String bucket) {
    return call("s3:ListBucket", "arn:aws:s3:::" + bucket);
  }

  private static Call list(ListObjectsV2Request list) {
    return new Call(
        "s3:ListBucket",
        "arn:aws:s3:::" + list.bucket(),
        Map.of("s3:prefix", Set.of(Optional.ofNullable(list.prefix()).orElse(""))));
  }

  private static Call object(String action, String bucket, String key) {
    return call(action, "arn:aws:s3:::" + bucket + "/" + key);
  }

  private static Call queue(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    return call("sqs:SendMessage", arn("sqs", name));
  }

  // A raw mail needs both actions, of each thing that it names.
  private static List<Call> mail(SendEmailRequest mail) {
    String from = mail.fromEmailAddress();
    List<String> arns = new ArrayList<>();
    arns.add(ses("identity/" + from.substring(from.lastIndexOf('@') + 1).replace(">", "")));
    Optional.ofNullable(mail.configurationSetName())
        .ifPresent(set -> arns.add(ses("configuration-set/" + set)));
    Optional.ofNullable(mail.tenantName())
        .ifPresent(tenant -> arns.add(ses("tenant/" + tenant + "/id")));
    return Stream.of("ses:SendEmail", "ses:SendRawEmail")
        .flatMap(action -> arns.stream().map(arn -> call(action, arn)))
        .toList();
  }

  private static String ses(String resource) {
    return arn("ses", resource);
  }

  static String arn(String service, String resource) {
    return "arn:aws:"
        + service
        + ":"
        + LocalNames.REGION
        + ":"
        + LocalNames.ACCOUNT
        + ":"
        + resource;
  }
}
