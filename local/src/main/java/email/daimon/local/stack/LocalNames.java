package email.daimon.local.stack;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** What Ref and GetAtt answer on this machine: names made of the logical ids. */
public record LocalNames(URI queueEndpoint) {
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "000000000000";

  public LocalNames {
    Objects.requireNonNull(queueEndpoint);
  }

  /** {@code MailTable} is {@code mail-table}: lower case, as bucket names must be. */
  public static String name(String id) {
    return id.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  String ref(String id, String type) {
    return switch (type) {
      case "AWS::SQS::Queue" -> queueEndpoint + "/" + ACCOUNT + "/" + name(id);
      case "AWS::SNS::Topic" -> arn("sns", name(id));
      default -> name(id);
    };
  }

  String attribute(String id, String type, String attribute) {
    String name = name(id);
    return switch (type + "." + attribute) {
      case "AWS::DynamoDB::Table.Arn" -> arn("dynamodb", "table/" + name);
      case "AWS::DynamoDB::Table.StreamArn" -> arn("dynamodb", "table/" + name + "/stream/local");
      case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + name;
      case "AWS::SQS::Queue.Arn" -> arn("sqs", name);
      case "AWS::KMS::Key.Arn" -> arn("kms", "key/" + name);
      case "AWS::IAM::Role.Arn" -> arn("iam", "role/" + name);
      case "AWS::Logs::LogGroup.Arn" -> arn("logs", "log-group:" + name + ":*");
      case "AWS::SQS::Queue.QueueName" -> name;
      case "AWS::SNS::Topic.TopicName" -> name;
      case "AWS::Serverless::Function.Arn" -> arn("lambda", "function:" + name);
      default -> throw new StackException("no attribute " + attribute + " of " + id);
    };
  }

  static String pseudoParameter(String id) {
    return switch (id) {
      case "AWS::Region" -> REGION;
      case "AWS::AccountId" -> ACCOUNT;
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> "daimon";
      default -> throw new StackException("unknown pseudo parameter " + id);
    };
  }

  private static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }
}
