package email.daimon.local.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Function.QueueMapping;
import email.daimon.local.stack.Queue;
import email.daimon.local.stack.Role.Call;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.StackException;
import email.daimon.local.stack.Template;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What must hold in the template whatever the functions do: rules 8 and 9, each broken one named.
 */
final class StackRules {
  static final URI QUEUES = URI.create("http://localhost");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whatever calls a function beside its own events would do so at no alias. */
  private static final Set<String> SOURCES =
      Set.of(
          "AWS::Lambda::EventSourceMapping",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Url",
          "AWS::Events::Rule",
          "AWS::Scheduler::Schedule",
          "AWS::ApiGatewayV2::Integration");

  private final JsonNode root;
  private final JsonNode resources;
  private final List<String> broken = new ArrayList<>();

  private StackRules(Template template) {
    root = JSON.valueToTree(template.root());
    resources = root.path("Resources");
  }

  /** What is wrong; nothing where all is well. */
  static List<String> broken(Template template) {
    StackRules rules = new StackRules(template);
    try {
      Stack stack = Stack.of(template, Map.of(), QUEUES);
      rules.functions(stack);
      rules.queues(stack);
      rules.streams(stack);
      rules.receiving(stack);
      rules.reports(stack);
      rules.tables();
      rules.bucket();
      rules.roles(stack);
      rules.nothingOfAnAccount();
    } catch (StackException e) {
      rules.broken.add("local mode cannot be made of it: " + e.getMessage());
    }
    return rules.broken;
  }

  private void functions(Stack stack) {
    must(
        stack.functions().size() == 11, "there are %d functions, not 11", stack.functions().size());
    for (Function function : stack.functions()) {
      String id = function.id();
      JsonNode own = properties(id);
      setting(id, own, "Runtime", "\"java25\"");
      setting(id, own, "Architectures", "[\"arm64\"]");
      setting(id, own, "SnapStart", "{\"ApplyOn\":\"PublishedVersions\"}");
      setting(id, own, "AutoPublishAlias", "\"live\"");
      setting(id, own, "AutoPublishAliasAllProperties", "true");
      setting(id, own, "AutoPublishCodeSha256", "{\"Ref\":\"CodeSha256\"}");
      must(
          own.path("ReservedConcurrentExecutions").has("Fn::If"),
          "%s reserves concurrency, or cannot",
          id);
      boolean called =
          !function.queues().isEmpty()
              || !function.streams().isEmpty()
              || !function.routes().isEmpty()
              || !function.schedules().isEmpty();
      must(called, "nothing calls %s", id);
      if (!function.routes().isEmpty()) {
        must(function.timeout().toSeconds() < 30, "%s outlives the API's 30 s", id);
      }
    }
    resources
        .properties()
        .forEach(one -> {
          String type = one.getValue().path("Type").asText();
          must(!SOURCES.contains(type), "%s calls a function beside its alias", one.getKey());
        });
  }

  private void setting(String id, JsonNode own, String name, String wanted) {
    JsonNode set = own.has(name) ? own.path(name) : root.at("/Globals/Function/" + name);
    must(set.toString().equals(wanted), "%s: %s is not %s", id, name, wanted);
  }

  private void queues(Stack stack) {
    Map<String, String> consumers = new TreeMap<>();
    Set<String> dead = new HashSet<>();
    for (Function function : stack.functions()) {
      for (QueueMapping mapping : function.queues()) {
        Queue queue = stack.queue(mapping.queueArn());
        consumers.merge(queue.id(), function.id(), (a, b) -> a + " " + b);
        queue(function, mapping, queue);
        queue.deadLetters().ifPresent(dead::add);
        if (queue.deadLetters().isPresent()) {
          deadLetters(stack, queue);
        }
      }
    }
    consumers.forEach((queue, by) -> must(!by.contains(" "), "%s feeds two: %s", queue, by));
    for (Queue queue : stack.queues()) {
      boolean consumed = consumers.containsKey(queue.id());
      must(consumed != dead.contains(queue.name()), "%s leads nowhere", queue.id());
    }
  }

  private void queue(Function function, QueueMapping mapping, Queue queue) {
    long hidden = Long.parseLong(queue.attributes().getOrDefault("VisibilityTimeout", "30"));
    must(
        hidden >= 6 * function.timeout().toSeconds(),
        "%s hides messages for %d s, less than six times the %s of %s",
        queue.id(),
        hidden,
        function.timeout(),
        function.id());
    must(queue.deadLetters().isPresent(), "%s has no dead letters", queue.id());
    must(mapping.maximumConcurrency() >= 2, "%s is unlimited", queue.id());
    must(mapping.batchSize() <= 10, "%s: batches of %d", queue.id(), mapping.batchSize());
    for (String action :
        List.of(
            "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility")) {
      allowed(function, "sqs:" + action, queue.arn());
    }
    // Deferring is a new message to the same queue.
    must(
        function.environment().containsValue(queue.url())
            && function.role().allows(new Call("sqs:SendMessage", queue.arn(), Map.of())),
        "%s cannot defer: it lacks the URL of %s or may not send to it",
        function.id(),
        queue.id());
  }

  private void deadLetters(Stack stack, Queue queue) {
    Queue dead =
        stack.queues().stream()
            .filter(one -> queue.deadLetters().filter(one.name()::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> new StackException("no dead letters of " + queue.id()));
    Duration kept = kept(queue);
    must(
        kept(dead).compareTo(Duration.ofDays(14)) == 0 && kept.compareTo(kept(dead)) < 0,
        "%s keeps letters for %s after %s in %s, whose age counts",
        dead.id(),
        kept(dead),
        kept,
        queue.id());
  }

  private static Duration kept(Queue queue) {
    String seconds = queue.attributes().getOrDefault("MessageRetentionPeriod", "345600");
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  private void streams(Stack stack) {
    for (Function function : stack.functions()) {
      for (Function.StreamMapping mapping : function.streams()) {
        String stream =
            "arn:aws:dynamodb:us-east-1:000000000000:table/%s/stream/local"
                .formatted(mapping.table());
        for (String action :
            List.of("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")) {
          allowed(function, "dynamodb:" + action, stream);
        }
        String bucket = "arn:aws:s3:::" + mapping.failureBucket();
        allowed(function, "s3:PutObject", bucket + "/aws/lambda/id/x");
        allowed(function, "s3:ListBucket", bucket);
        must(mapping.maximumRetryAttempts() == 10, "%s: not 10 retries", function.id());
        must(
            mapping.patterns().stream().allMatch(pattern -> pattern.contains("\"INSERT\"")),
            "%s is not for what is inserted alone",
            function.id());
        must(
            properties(function.id()).findPath("ParallelizationFactor").asInt() > 1,
            "%s: one batch of a shard at a time",
            function.id());
      }
    }
  }

  private void receiving(Stack stack) {
    JsonNode rule = ofType("AWS::SES::ReceiptRule").path("Rule");
    must(rule.path("Enabled").asBoolean(), "the receipt rule is off");
    must(rule.path("ScanEnabled").asBoolean(), "received mail is not scanned");
    must(rule.path("TlsPolicy").has("Ref"), "TLS of received mail is no setting");
    must(!rule.toString().contains("KmsKeyArn"), "SES would encrypt before S3 does");
    Stack.Receipt receipt =
        stack.receipt().orElseThrow(() -> new StackException("no receipt rule"));
    must(receipt.prefix().equals("inbound/"), "received mail goes to %s", receipt.prefix());
    goes(stack, receipt.topicArn(), "InboundFunction");
    must(
        conditionOf("AWS::S3::BucketPolicy", "ses.amazonaws.com").contains("aws:SourceAccount"),
        "SES of any account may write to the bucket");
  }

  private void reports(Stack stack) {
    JsonNode destination =
        ofType("AWS::SES::ConfigurationSetEventDestination").path("EventDestination");
    List<String> wanted =
        List.of(
            "send",
            "reject",
            "bounce",
            "complaint",
            "delivery",
            "deliveryDelay",
            "renderingFailure");
    List<String> told = texts(destination.path("MatchingEventTypes"));
    must(told.containsAll(wanted), "SES does not tell of all of %s", wanted);
    String topic = destination.at("/SnsDestination/TopicARN/Ref").asText();
    goes(stack, stack.topicArn(topic), "SesEventsFunction");
  }

  // Topic, subscription, queue and its policy, function.
  private void goes(Stack stack, String topicArn, String function) {
    Queue queue = stack.queueOf(topicArn);
    Function at =
        stack.functions().stream()
            .filter(one -> one.queues().stream().anyMatch(q -> q.queueArn().equals(queue.arn())))
            .findFirst()
            .orElseThrow(() -> new StackException(queue.id() + " leads nowhere"));
    must(at.id().equals(function), "%s goes to %s", topicArn, at.id());
    boolean open =
        stream("AWS::SQS::QueuePolicy")
            .anyMatch(policy ->
                policy.path("Queues").toString().contains("\"" + queue.id() + "\"")
                    && policy.toString().contains("sns.amazonaws.com")
                    && policy.toString().contains("aws:SourceArn"));
    must(open, "the topic may not send to %s", queue.id());
    must(
        conditionOf("AWS::SNS::TopicPolicy", "ses.amazonaws.com").contains("aws:SourceAccount"),
        "SES of any account may publish");
  }

  private void tables() {
    stream("AWS::DynamoDB::Table")
        .forEach(table -> {
          must(table.path("DeletionProtectionEnabled").asBoolean(), "a table can be deleted");
          must(table.at("/TimeToLiveSpecification/Enabled").asBoolean(), "a table keeps all");
        });
    JsonNode mail = properties("MailTable");
    must(
        mail.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean(),
        "MailTable cannot be restored");
    must(mail.has("StreamSpecification"), "MailTable has no stream");
    for (String kept : List.of("MailTable", "WorkTable", "MailBucket", "SecretsKey")) {
      String policy = resources.path(kept).path("DeletionPolicy").asText();
      must(policy.equals("Retain"), "%s goes with the stack", kept);
    }
  }

  private void bucket() {
    JsonNode bucket = properties("MailBucket");
    Map<String, Integer> days = new TreeMap<>();
    bucket
        .at("/LifecycleConfiguration/Rules")
        .forEach(rule -> {
          if (rule.has("ExpirationInDays")) {
            days.put(rule.path("Prefix").asText(), rule.path("ExpirationInDays").asInt());
          }
        });
    int dead = properties("InboundDeadLetterQueue").path("MessageRetentionPeriod").asInt() / 86_400;
    must(
        days.getOrDefault("inbound/", 0) > dead,
        "inbound/ is kept for %s days, dead letters for %d",
        days.get("inbound/"),
        dead);
    must(days.getOrDefault("outgoing/", 0) > 0, "outgoing/ is kept for ever");
    must(!days.containsKey(""), "mail itself expires");
    must(bucket.has("BucketEncryption"), "the bucket does not encrypt");
    must(
        texts(bucket.path("PublicAccessBlockConfiguration"))
            .equals(List.of("true", "true", "true", "true")),
        "the bucket may become public");
  }

  private void roles(Stack stack) {
    Set<String> seen = new HashSet<>();
    for (Function function : stack.functions()) {
      String id = function.role().id();
      must(seen.add(id) && !id.equals(function.id()), "%s has no role of its own", function.id());
      JsonNode trust = properties(id).path("AssumeRolePolicyDocument");
      must(
          trust.findValuesAsText("Service").equals(List.of("lambda.amazonaws.com")),
          "%s may be taken by others",
          id);
      String log = properties(function.id()).at("/LoggingConfig/LogGroup/Ref").asText("none");
      for (String action : List.of("CreateLogStream", "PutLogEvents")) {
        String name =
            log.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
        allowed(
            function,
            "logs:" + action,
            "arn:aws:logs:us-east-1:000000000000:log-group:" + name + ":*");
      }
      function
          .role()
          .statements()
          .forEach(statement -> {
            must(
                statement.actions().stream().noneMatch(action -> action.contains("*")),
                "%s.%s allows actions by pattern",
                id,
                statement.sid());
            must(
                !statement.resources().contains("*")
                    || statement.actions().equals(List.of("ses:CreateTenant")),
                "%s.%s is about everything",
                id,
                statement.sid());
          });
    }
  }

  private void nothingOfAnAccount() {
    String all = root.toString();
    must(!all.matches("(?s).*\\b\\d{12}\\b.*"), "an account's number stands in it");
    must(!all.matches("(?s).*\\b(us|eu|ap|ca|sa)-[a-z]+-\\d\\b.*"), "a region stands in it");
    must(!all.contains("arn:aws:"), "an ARN's partition stands in it");
  }

  private void allowed(Function function, String action, String resource) {
    must(
        function.role().allows(new Call(action, resource, Map.of())),
        "%s may not %s on %s",
        function.id(),
        action,
        resource);
  }

  private void must(boolean holds, String otherwise, Object... what) {
    if (!holds) {
      broken.add(otherwise.formatted(what));
    }
  }

  private JsonNode properties(String id) {
    return resources.path(id).path("Properties");
  }

  private Stream<JsonNode> stream(String type) {
    return resources
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals(type))
        .map(resource -> resource.path("Properties"));
  }

  private JsonNode ofType(String type) {
    return stream(type).findFirst().orElseGet(JSON::missingNode);
  }

  /** The conditions of all statements for this service in policies of a type. */
  private String conditionOf(String type, String service) {
    List<JsonNode> conditions =
        stream(type)
            .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
            .filter(statement -> statement.path("Principal").toString().contains(service))
            .map(statement -> statement.path("Condition"))
            .toList();
    return conditions.stream().anyMatch(JsonNode::isMissingNode) ? "" : conditions.toString();
  }

  private static List<String> texts(JsonNode node) {
    return node.valueStream().map(JsonNode::asText).toList();
  }
}
