package email.daimon.local.wiring;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.stack.Template;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A fault that somebody may make in the template, and what must be said of it.
 *
 * @param change of the resources, or of the whole template where the path begins with Globals
 */
record Mutation(String name, Consumer<JsonNode> change, String said) {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String toString() {
    return name;
  }

  /** The template with the fault. */
  Template of(Template template) {
    JsonNode root = JSON.valueToTree(template.root());
    JsonNode before = root.deepCopy();
    change.accept(root);
    if (root.equals(before)) {
      throw new IllegalStateException(name + " changes nothing");
    }
    return new Template(JSON.convertValue(root, new TypeReference<Map<String, Object>>() {}));
  }

  static List<Mutation> all() {
    return Stream.of(ofFunctions(), ofPermissions(), ofQueues(), ofTheWayIn(), ofWhatIsKept())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutation> ofFunctions() {
    return List.of(
        new Mutation(
            "a variable is gone",
            remove("InboundFunction/Properties/Environment/Variables/BUCKET"),
            "InboundFunction reads BUCKET, which it is not given"),
        new Mutation(
            "a variable of all is gone",
            remove("/Globals/Function/Environment/Variables/WORK_TABLE"),
            "reads WORK_TABLE, which it is not given"),
        new Mutation(
            "a variable is given that nobody reads",
            put("SweepFunction/Properties/Environment/Variables/COLOUR", "green"),
            "SweepFunction is given COLOUR"),
        new Mutation(
            "no alias", remove("/Globals/Function/AutoPublishAlias"), "AutoPublishAlias is not"),
        new Mutation(
            "versions without snapshots",
            remove("/Globals/Function/SnapStart"),
            "SnapStart is not"),
        new Mutation(
            "code that is not stamped",
            remove("SendFunction/Properties/AutoPublishCodeSha256"),
            "SendFunction: AutoPublishCodeSha256 is not"),
        new Mutation(
            "a schedule at no alias",
            root -> at(root, "Resources").putObject("Rule").put("Type", "AWS::Events::Rule"),
            "Rule"),
        new Mutation("a function is gone", remove("JobsFunction"), "JobsQueue leads nowhere"));
  }

  private static List<Mutation> ofPermissions() {
    return List.of(
        new Mutation(
            "an action is gone",
            without(statement("Jobs", "Mail") + "/Action", "dynamodb:UpdateItem"),
            "JobsFunction may not dynamodb:UpdateItem"),
        new Mutation(
            "a resource is gone",
            without(statement("ApiSend", "ReadObjects") + "/Resource", "/outgoing/"),
            "ApiSendFunction may not s3:GetObject s3:::mail-bucket/outgoing/*"),
        new Mutation(
            "an index may not be asked",
            without(statement("ApiMail", "MailIndexes") + "/Resource", "index/by2"),
            "index/by2"),
        new Mutation(
            "keys are left out of a condition",
            without(
                statement("WebhookDeliver", "Work")
                    + "/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys",
                "WL#*"),
            "WebhookDeliverFunction may not dynamodb:PutItem"),
        new Mutation(
            "missing objects are 403",
            put(statement("ApiSend", "MissingObjects") + "/Action", "s3:GetBucketLocation"),
            "ApiSendFunction may not s3:ListBucket"),
        new Mutation(
            "SES's raw mails",
            without(statement("Send", "Outgoing") + "/Action", "ses:SendRawEmail"),
            "SendFunction may not ses:SendRawEmail"),
        new Mutation(
            "the mapping cannot hide messages",
            without(statement("Inbound", "Mapping") + "/Action", "sqs:ChangeMessageVisibility"),
            "InboundFunction may not sqs:ChangeMessageVisibility"),
        new Mutation(
            "secrets stay shut",
            put(statement("WebhookDeliver", "Secrets") + "/Action", "kms:Encrypt"),
            "WebhookDeliverFunction may not kms:Decrypt"),
        new Mutation(
            "more is allowed than is done",
            put(statement("WebhookPlan", "Mail") + "/Action", "dynamodb:DeleteItem"),
            "WebhookPlanFunction may dynamodb:DeleteItem"));
  }

  private static List<Mutation> ofQueues() {
    return List.of(
        new Mutation(
            "messages come back too early",
            put("InboundQueue/Properties/VisibilityTimeout", 359),
            "less than six times"),
        new Mutation(
            "no dead letters",
            remove("SendQueue/Properties/RedrivePolicy"),
            "SendQueue has no dead letters"),
        new Mutation(
            "dead letters are gone first",
            put("JobsDeadLetterQueue/Properties/MessageRetentionPeriod", 345600),
            "JobsDeadLetterQueue keeps letters"),
        new Mutation(
            "a batch fails as a whole",
            remove("SendFunction/Properties/Events/Mail/Properties/FunctionResponseTypes"),
            "must report item failures"),
        new Mutation(
            "a mapping without limit",
            remove("JobsFunction/Properties/Events/Work/Properties/ScalingConfig"),
            "ScalingConfig"),
        new Mutation(
            "a stream that is not bisected",
            remove(
                "WebhookPlanFunction/Properties/Events/Rows/Properties/BisectBatchOnFunctionError"),
            "bisect"));
  }

  private static List<Mutation> ofTheWayIn() {
    return List.of(
        new Mutation(
            "nobody is told of mail", remove("InboundSubscription"), "local mode cannot be made"),
        new Mutation(
            "the topic may not send",
            remove("InboundQueuePolicy"),
            "the topic may not send to InboundQueue"),
        new Mutation(
            "anybody's SES may write",
            remove("MailBucketPolicy/Properties/PolicyDocument/Statement/0/Condition"),
            "SES of any account may write to the bucket"),
        new Mutation(
            "mail is not scanned",
            put("ReceiptRule/Properties/Rule/ScanEnabled", false),
            "received mail is not scanned"),
        new Mutation(
            "complaints are not told",
            without(
                "SendingEventsDestination/Properties/EventDestination/MatchingEventTypes",
                "complaint"),
            "SES does not tell of all"));
  }

  private static List<Mutation> ofWhatIsKept() {
    return List.of(
        new Mutation(
            "raw mail is gone before its dead letter",
            put("MailBucket/Properties/LifecycleConfiguration/Rules/0/ExpirationInDays", 14),
            "inbound/ is kept for 14 days, dead letters for 14"),
        new Mutation(
            "an index is gone",
            remove("MailTable/Properties/GlobalSecondaryIndexes/1"),
            "asks table/mail-table/index/by2, which is not there"),
        new Mutation(
            "a table can be deleted",
            remove("WorkTable/Properties/DeletionProtectionEnabled"),
            "a table can be deleted"),
        new Mutation(
            "no way back in time",
            remove("MailTable/Properties/PointInTimeRecoverySpecification"),
            "MailTable cannot be restored"),
        new Mutation(
            "an account's number",
            put("InboundTopic/Properties", Map.of("TopicName", "of-123456789012")),
            "an account's number stands in it"));
  }

  private static String statement(String function, String sid) {
    return function + "Role/Properties/Policies/0/PolicyDocument/Statement/" + sid;
  }

  private static Consumer<JsonNode> remove(String path) {
    return root -> {
      JsonNode parent = parent(root, path);
      String last = path.substring(path.lastIndexOf('/') + 1);
      if (parent instanceof ArrayNode array) {
        array.remove(Integer.parseInt(last));
      } else {
        ((ObjectNode) parent).remove(last);
      }
    };
  }

  private static Consumer<JsonNode> put(String path, Object value) {
    return root ->
        ((ObjectNode) parent(root, path))
            .set(path.substring(path.lastIndexOf('/') + 1), JSON.valueToTree(value));
  }

  /** Removes the items of a list that have this text in them. */
  private static Consumer<JsonNode> without(String path, String text) {
    return root -> {
      var items = find(root, path).iterator();
      while (items.hasNext()) {
        if (items.next().toString().contains(text)) {
          items.remove();
        }
      }
    };
  }

  private static JsonNode parent(JsonNode root, String path) {
    int last = path.lastIndexOf('/');
    return last < 0 ? root.path("Resources") : find(root, path.substring(0, last));
  }

  // Slashes part it; the items of a list go by number or by their Sid.
  private static JsonNode find(JsonNode root, String path) {
    JsonNode node = path.startsWith("/") ? root : root.path("Resources");
    for (String name : path.replaceFirst("^/", "").split("/")) {
      node = node.isArray() ? item(node, name) : node.path(name);
    }
    if (node.isMissingNode()) {
      throw new IllegalStateException("no " + path);
    }
    return node;
  }

  private static JsonNode item(JsonNode list, String name) {
    return list.valueStream()
        .filter(one -> one.path("Sid").asText().equals(name))
        .findFirst()
        .orElseGet(() -> list.path(name.matches("\\d+") ? Integer.parseInt(name) : -1));
  }

  private static ObjectNode at(JsonNode root, String name) {
    return (ObjectNode) root.path(name);
  }
}
