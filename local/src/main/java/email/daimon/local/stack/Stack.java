package email.daimon.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/**
 * What template.yaml describes, with every name, address and setting of this machine put in.
 *
 * @param subscriptions the queue that a topic's notifications go to, both by ARN
 * @param receipt where SES puts received mail
 */
public record Stack(
    List<Table> tables,
    List<Queue> queues,
    List<String> buckets,
    List<String> topicArns,
    List<String> configurationSets,
    Map<String, String> subscriptions,
    Optional<Receipt> receipt,
    List<Function> functions) {

  /** Types that mean something in AWS only: permissions, and wiring that local mode does itself. */
  private static final Set<String> AWS_ONLY =
      Set.of(
          "AWS::ApiGatewayV2::ApiMapping",
          "AWS::ApiGatewayV2::DomainName",
          "AWS::IAM::Role",
          "AWS::KMS::Alias",
          "AWS::KMS::Key",
          "AWS::Logs::LogGroup",
          "AWS::S3::BucketPolicy",
          "AWS::SES::ConfigurationSetEventDestination",
          "AWS::SES::ReceiptRuleSet",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy",
          "AWS::Serverless::HttpApi");

  /** Builder setters are found by name, so a key that the SDK does not know is an error. */
  private static final ObjectMapper CLOUD_FORMATION =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);

  private static final ObjectMapper JSON = new ObjectMapper();

  public Stack {
    tables = List.copyOf(tables);
    queues = List.copyOf(queues);
    buckets = List.copyOf(buckets);
    topicArns = List.copyOf(topicArns);
    configurationSets = List.copyOf(configurationSets);
    subscriptions = Map.copyOf(subscriptions);
    Objects.requireNonNull(receipt);
    functions = List.copyOf(functions);
  }

  /** A receipt rule: where raw mail goes, and who is told of it. */
  public record Receipt(String bucket, String prefix, String topicArn) {}

  /**
   * @param parameters values for the template's parameters; those left out keep their default
   * @param queueEndpoint where SQS answers, for the URLs of queues
   */
  public static Stack of(Template template, Map<String, String> parameters, URI queueEndpoint) {
    LocalNames names = new LocalNames(queueEndpoint);
    Resolver resolver = new Resolver(template, parameters, names);
    List<Table> tables = new ArrayList<>();
    List<Queue> queues = new ArrayList<>();
    List<String> buckets = new ArrayList<>();
    List<String> topics = new ArrayList<>();
    List<String> configurationSets = new ArrayList<>();
    Map<String, String> subscriptions = new HashMap<>();
    List<Receipt> receipts = new ArrayList<>();
    List<Function> functions = new ArrayList<>();
    BiConsumer<String, String> resource =
        (id, type) -> {
          switch (type) {
            case "AWS::DynamoDB::Table" -> tables.add(table(id, resolver));
            case "AWS::SQS::Queue" -> queues.add(queue(id, names, resolver));
            case "AWS::S3::Bucket" -> buckets.add(LocalNames.name(id));
            case "AWS::SNS::Topic" -> topics.add(names.ref(id, type));
            case "AWS::SES::ConfigurationSet" -> configurationSets.add(names.ref(id, type));
            case "AWS::SNS::Subscription" -> {
              Map<String, Object> subscription = resolver.resolveProperties(id);
              subscriptions.put(
                  String.valueOf(subscription.get("TopicArn")),
                  String.valueOf(subscription.get("Endpoint")));
            }
            case "AWS::SES::ReceiptRule" -> receipts.add(receipt(id, resolver));
            case "AWS::CloudWatch::Alarm" -> {
              // Of metrics that nobody counts here, by names that SAM makes.
            }
            case "AWS::Serverless::Function" ->
                functions.add(FunctionReader.read(id, template, resolver));
            default -> {
              if (!AWS_ONLY.contains(type)) {
                throw new StackException("no local part for " + id + " of type " + type);
              }
              var _ = resolver.resolveProperties(id);
            }
          }
        };
    template
        .resources()
        .forEach((id, body) -> {
          if (resolver.made(id)) {
            resource.accept(id, String.valueOf(Template.map(body, id).get("Type")));
          }
        });
    return new Stack(
        tables,
        queues,
        buckets,
        topics,
        configurationSets,
        subscriptions,
        receipts.stream().findFirst(),
        functions);
  }

  public Queue queue(String arn) {
    return queues.stream()
        .filter(queue -> queue.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new StackException("no queue " + arn));
  }

  /** The URL of the queue with this logical id. */
  public String queueUrl(String id) {
    return queues.stream()
        .filter(queue -> queue.id().equals(id))
        .map(Queue::url)
        .findFirst()
        .orElseThrow(() -> new StackException("no queue " + id));
  }

  /** The topic with this logical id. */
  public String topicArn(String id) {
    return topicArns.stream()
        .filter(arn -> arn.endsWith(":" + LocalNames.name(id)))
        .findFirst()
        .orElseThrow(() -> new StackException("no topic " + id));
  }

  public Table table(String id) {
    return tables.stream()
        .filter(table -> table.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new StackException("no table " + id));
  }

  /** The same stack with other tables in place of those of the template, by logical id. */
  public Stack withTables(List<Table> replaced) {
    return new Stack(
        replaced, queues, buckets, topicArns, configurationSets, subscriptions, receipt, functions);
  }

  /** What any of the functions is given: an operator's commands see all of it. */
  public Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    functions.forEach(function -> all.putAll(function.environment()));
    return all;
  }

  /** The queue that gets what a topic is told. */
  public Queue queueOf(String topicArn) {
    return queue(String.valueOf(subscriptions.get(topicArn)));
  }

  private static Receipt receipt(String id, Resolver resolver) {
    Map<String, Object> rule = Template.map(resolver.resolveProperties(id).get("Rule"), id);
    for (Object action : (List<?>) rule.getOrDefault("Actions", List.of())) {
      if (Template.map(action, id).get("S3Action") instanceof Map<?, ?> written) {
        Map<String, Object> s3 = Template.map(written, id);
        return new Receipt(
            String.valueOf(s3.get("BucketName")),
            String.valueOf(s3.get("ObjectKeyPrefix")),
            String.valueOf(s3.get("TopicArn")));
      }
    }
    throw new StackException(id + " keeps no mail");
  }

  private static Table table(String id, Resolver resolver) {
    Map<String, Object> properties = resolver.resolveProperties(id);
    Optional<String> expiry =
        Optional.ofNullable(properties.remove("TimeToLiveSpecification"))
            .map(ttl -> String.valueOf(Template.map(ttl, id).get("AttributeName")));
    Object stream = properties.remove("StreamSpecification");
    for (String inAwsOnly :
        List.of(
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "DeletionProtectionEnabled",
            "Tags",
            "TableName")) {
      properties.remove(inAwsOnly);
    }
    CreateTableRequest.Builder create =
        Objects.requireNonNull(
            CLOUD_FORMATION.convertValue(
                properties, CreateTableRequest.serializableBuilderClass()));
    if (stream != null) {
      // CloudFormation has only the view type: that it is there is what switches the stream on.
      String view = String.valueOf(Template.map(stream, id).get("StreamViewType"));
      create.streamSpecification(
          StreamSpecification.builder().streamEnabled(true).streamViewType(view).build());
    }
    return new Table(id, create.tableName(LocalNames.name(id)).build(), expiry);
  }

  private static Queue queue(String id, LocalNames names, Resolver resolver) {
    Map<String, String> attributes = new HashMap<>();
    Optional<String> deadLetters = Optional.empty();
    for (Map.Entry<String, Object> property : resolver.resolveProperties(id).entrySet()) {
      Object value = property.getValue();
      switch (property.getKey()) {
        case "RedrivePolicy" -> {
          Map<String, Object> policy = Template.map(value, id);
          String arn = String.valueOf(policy.get("deadLetterTargetArn"));
          deadLetters = Optional.of(arn.substring(arn.lastIndexOf(':') + 1));
          attributes.put("RedrivePolicy", JSON.valueToTree(policy).toString());
        }
        case "VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds" ->
            attributes.put(property.getKey(), String.valueOf(value));
        case "ReceiveMessageWaitTimeSeconds", "SqsManagedSseEnabled", "Tags" -> {
          // Pollers here say how long they wait; nothing is encrypted on one's own disk.
        }
        default -> throw new StackException("no local meaning of " + id + "." + property.getKey());
      }
    }
    return new Queue(
        id,
        LocalNames.name(id),
        names.ref(id, "AWS::SQS::Queue"),
        names.attribute(id, "AWS::SQS::Queue", "Arn"),
        attributes,
        deadLetters);
  }
}
