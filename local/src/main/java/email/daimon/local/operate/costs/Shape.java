package email.daimon.local.operate.costs;

import email.daimon.local.stack.Template;
import java.util.HashMap;
import java.util.Map;

/**
 * What of the template decides costs.
 *
 * @param functions by name
 * @param queues that are polled
 */
public record Shape(Map<String, Function> functions, int queues, int alarms, int keys) {
  private static final double MEGABYTES_A_GIGABYTE = 1024;

  /** What calls a function. */
  public enum Trigger {
    QUEUE,
    REQUEST,
    STREAM,
    SCHEDULE
  }

  /** Its memory, in gigabytes, and what calls it. */
  public record Function(double gigabytes, Trigger trigger) {}

  public Shape {
    functions = Map.copyOf(functions);
  }

  public static Shape of(Template template) {
    Map<String, Function> functions = new HashMap<>();
    int queues = 0;
    int alarms = 0;
    int keys = 0;
    for (var resource : template.resources().entrySet()) {
      Map<?, ?> body = map(resource.getValue());
      Map<?, ?> properties = map(body.get("Properties"));
      switch (String.valueOf(body.get("Type"))) {
        case "AWS::Serverless::Function" -> {
          Object memory =
              properties.containsKey("MemorySize")
                  ? properties.get("MemorySize")
                  : template.functionGlobals().get("MemorySize");
          Map<?, ?> events = map(properties.get("Events"));
          functions.put(
              resource.getKey(),
              new Function(
                  Double.parseDouble(String.valueOf(memory)) / MEGABYTES_A_GIGABYTE,
                  trigger(events)));
          queues +=
              (int) events.values().stream().filter(event -> type(event).equals("SQS")).count();
        }
        case "AWS::CloudWatch::Alarm" -> alarms++;
        case "AWS::KMS::Key" -> keys++;
        default -> {}
      }
    }
    return new Shape(functions, queues, alarms, keys);
  }

  public Function function(String name) {
    Function found = functions.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the template has no function " + name);
    }
    return found;
  }

  private static Trigger trigger(Map<?, ?> events) {
    return switch (events.isEmpty() ? "" : type(events.values().iterator().next())) {
      case "SQS" -> Trigger.QUEUE;
      case "DynamoDB" -> Trigger.STREAM;
      case "HttpApi" -> Trigger.REQUEST;
      default -> Trigger.SCHEDULE;
    };
  }

  private static String type(Object event) {
    return String.valueOf(map(event).get("Type"));
  }

  private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
