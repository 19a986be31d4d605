package email.daimon.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of the template that are watched, found by what they are and not by their names. */
record Parts(Template template) {
  Parts {
    Objects.requireNonNull(template);
  }

  List<String> functions() {
    return template.ids("AWS::Serverless::Function");
  }

  /** The log group of each function. */
  Map<String, String> logGroups() {
    Map<String, String> groups = new LinkedHashMap<>();
    for (String id : functions()) {
      Map<String, Object> logging = Template.map(template.properties(id).get("LoggingConfig"));
      groups.put(id, String.valueOf(Template.map(logging.get("LogGroup")).get("Ref")));
    }
    return groups;
  }

  /** Functions that answer calls at once; a held call is slow on purpose. */
  List<String> promptApiFunctions() {
    return functions().stream()
        .filter(id -> hasEvent(id, "HttpApi"))
        .filter(id -> !handler(id).endsWith(".WaitApiHandler"))
        .toList();
  }

  List<String> streamFunctions() {
    return functions().stream().filter(id -> hasEvent(id, "DynamoDB")).toList();
  }

  List<String> workQueues() {
    return template.ids("AWS::SQS::Queue").stream()
        .filter(id -> template.properties(id).containsKey("RedrivePolicy"))
        .toList();
  }

  List<String> deadLetterQueues() {
    return workQueues().stream()
        .map(id -> Template.map(template.properties(id).get("RedrivePolicy")))
        .map(policy -> policy.get("deadLetterTargetArn"))
        .map(Parts::target)
        .distinct()
        .toList();
  }

  List<String> tables() {
    return template.ids("AWS::DynamoDB::Table");
  }

  List<String> indexes(String table) {
    return template.properties(table).get("GlobalSecondaryIndexes") instanceof List<?> indexes
        ? indexes.stream()
            .map(index -> String.valueOf(Template.map(index).get("IndexName")))
            .toList()
        : List.of();
  }

  String httpApi() {
    return only("AWS::Serverless::HttpApi");
  }

  /** Custom domains of the API, by the host that each stands for. */
  Map<String, String> hosts() {
    Map<String, String> hosts = new LinkedHashMap<>();
    for (String id : template.ids("AWS::ApiGatewayV2::DomainName")) {
      Object name = template.properties(id).get("DomainName");
      Object text = name instanceof Map<?, ?> sub ? sub.get("Fn::Sub") : name;
      hosts.put(String.valueOf(text), id);
    }
    return hosts;
  }

  List<String> alarms() {
    return template.ids("AWS::CloudWatch::Alarm");
  }

  /** The rule set of received mail, with its rule. */
  ReceiptRules receiptRules() {
    return new ReceiptRules(only("AWS::SES::ReceiptRuleSet"), only("AWS::SES::ReceiptRule"));
  }

  record ReceiptRules(String setId, String ruleId) {}

  private String only(String type) {
    List<String> ids = template.ids(type);
    if (ids.size() != 1) {
      throw new InfraException("template.yaml must hold one " + type + ", not " + ids);
    }
    return ids.getFirst();
  }

  private String handler(String function) {
    return String.valueOf(template.properties(function).get("Handler"));
  }

  private boolean hasEvent(String function, String type) {
    return template.properties(function).get("Events") instanceof Map<?, ?> events
        && events.values().stream().anyMatch(event -> type.equals(Template.map(event).get("Type")));
  }

  private static String target(@Nullable Object arn) {
    if (Template.map(arn).get("Fn::GetAtt") instanceof List<?> path) {
      return String.valueOf(path.getFirst());
    }
    throw new InfraException("a dead-letter queue that is not of this stack: " + arn);
  }
}
