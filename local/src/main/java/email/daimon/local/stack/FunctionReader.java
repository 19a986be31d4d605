package email.daimon.local.stack;

import email.daimon.local.stack.Function.QueueMapping;
import email.daimon.local.stack.Function.Route;
import email.daimon.local.stack.Function.Schedule;
import email.daimon.local.stack.Function.StreamMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an AWS::Serverless::Function with what Globals adds to it. */
final class FunctionReader {
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private FunctionReader() {}

  static Function read(String id, Template template, Resolver resolver) {
    Map<String, Object> properties = new LinkedHashMap<>(template.functionGlobals());
    properties.putAll(resolver.resolveProperties(id));
    Map<String, String> environment = environment(id, template.functionGlobals(), resolver);
    environment.putAll(environment(id, properties, resolver));
    List<QueueMapping> queues = new ArrayList<>();
    List<StreamMapping> streams = new ArrayList<>();
    List<Route> routes = new ArrayList<>();
    List<Schedule> schedules = new ArrayList<>();
    Object events = properties.getOrDefault("Events", Map.of());
    Template.map(events, id + ".Events")
        .forEach((name, body) -> {
          Map<String, Object> event = Template.map(body, id + "." + name);
          Map<String, Object> details = Template.map(event.get("Properties"), id + "." + name);
          switch (String.valueOf(event.get("Type"))) {
            case "SQS" -> queues.add(mapping(details));
            case "DynamoDB" -> streams.add(stream(details));
            case "HttpApi" -> routes.add(route(details));
            case "Schedule" -> schedules.add(new Schedule(name, interval(details)));
            default -> throw new StackException("no local part for event " + id + "." + name);
          }
        });
    return new Function(
        id,
        text(properties, "Handler"),
        Duration.ofSeconds(number(properties, "Timeout")),
        environment,
        RoleReader.of(id, template, resolver),
        queues,
        streams,
        routes,
        schedules);
  }

  private static Map<String, String> environment(
      String id, Map<String, Object> properties, Resolver resolver) {
    Map<String, String> result = new LinkedHashMap<>();
    if (properties.containsKey("Environment")) {
      Map<String, Object> environment = Template.map(properties.get("Environment"), id);
      Template.map(resolver.resolve(environment.getOrDefault("Variables", Map.of())), id)
          .forEach((name, value) -> result.put(name, String.valueOf(value)));
    }
    return result;
  }

  private static QueueMapping mapping(Map<String, Object> details) {
    if (!List.of("ReportBatchItemFailures").equals(details.get("FunctionResponseTypes"))) {
      throw new StackException("an SQS event here must report item failures: " + details);
    }
    return new QueueMapping(
        text(details, "Queue"),
        (int) number(details, "BatchSize"),
        (int)
            number(
                Template.map(details.get("ScalingConfig"), "ScalingConfig"), "MaximumConcurrency"));
  }

  private static StreamMapping stream(Map<String, Object> details) {
    if (!List.of("ReportBatchItemFailures").equals(details.get("FunctionResponseTypes"))
        || !Boolean.TRUE.equals(details.get("BisectBatchOnFunctionError"))
        || !"TRIM_HORIZON".equals(details.get("StartingPosition"))) {
      throw new StackException(
          "a DynamoDB event here must report item failures, bisect and begin at TRIM_HORIZON: "
              + details);
    }
    Map<String, Object> criteria = Template.map(details.get("FilterCriteria"), "FilterCriteria");
    List<String> patterns = new ArrayList<>();
    if (criteria.get("Filters") instanceof List<?> filters) {
      filters.forEach(filter -> patterns.add(text(Template.map(filter, "Filters"), "Pattern")));
    }
    Map<String, Object> destination =
        Template.map(
            Template.map(details.get("DestinationConfig"), "DestinationConfig").get("OnFailure"),
            "OnFailure");
    return new StreamMapping(
        last(text(details, "Stream").replaceFirst("/stream/.*", ""), '/'),
        (int) number(details, "BatchSize"),
        (int) number(details, "MaximumRetryAttempts"),
        patterns,
        last(text(destination, "Destination"), ':'));
  }

  /** What an ARN ends in. */
  private static String last(String arn, char separator) {
    return arn.substring(arn.lastIndexOf(separator) + 1);
  }

  private static Route route(Map<String, Object> details) {
    if (!details.containsKey("Path")) {
      return new Route("$default", Optional.empty());
    }
    return new Route(
        text(details, "Method").toUpperCase(Locale.ROOT), Optional.of(text(details, "Path")));
  }

  private static Duration interval(Map<String, Object> details) {
    String expression = text(details, "Schedule");
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new StackException("no local part for schedule " + expression);
    }
    long count = Long.parseLong(rate.group(1));
    return switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(count);
      case "hour" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static String text(Map<String, Object> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new StackException(key + " is missing in " + map);
    }
    return String.valueOf(value);
  }

  private static long number(Map<String, Object> map, String key) {
    return Long.parseLong(text(map, key));
  }
}
