package email.daimon.infra;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides, from the context of {@code cdk.json} and {@code -c name=value}.
 *
 * @param zone where the DNS records go
 * @param records the kinds of {@link DnsRecord} that are set in the zone; the others are printed
 * @param certificate what the API's hosts answer with
 * @param mailFrom label of the MAIL FROM domain below the domain
 * @param joinOtherReceiptRules whether our rule is added to a rule set of others that is active
 * @param alarmEmail who is told of alarms and of the budget
 * @param monthlyBudget in US dollars; none sets no budget
 * @param parameters values of template.yaml's parameters, secrets excepted
 */
record Settings(
    String stackName,
    String domain,
    Zone zone,
    List<DnsRecord.Kind> records,
    Certificate certificate,
    String mailFrom,
    String spf,
    String dmarc,
    boolean joinOtherReceiptRules,
    Optional<String> alarmEmail,
    Optional<Double> monthlyBudget,
    int logDays,
    Path functions,
    Path template,
    Map<String, String> parameters) {

  /** Where a domain's DNS lies. */
  sealed interface Zone {
    /** A zone of Route 53 that is there already. */
    record Existing(String id) implements Zone {}

    /** A zone that the stack makes, and keeps when it goes. */
    record Created() implements Zone {}

    /** Elsewhere: the stack's outputs say which records to set. */
    record Elsewhere() implements Zone {}
  }

  /** The certificate of the API's hosts. */
  sealed interface Certificate {
    /** One that is there already, for all hosts. */
    record Existing(String arn) implements Certificate {}

    /** One that the stack asks for. */
    record Created() implements Certificate {}

    /** None: the API answers at the address that AWS gives it. */
    record None() implements Certificate {}
  }

  Settings {
    Objects.requireNonNull(stackName);
    if (!domain.matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]")) {
      throw new InfraException("domain must be a host name in lower case, as A-label: " + domain);
    }
    records = List.copyOf(records);
    parameters = Map.copyOf(parameters);
  }

  String mailFromDomain() {
    return mailFrom + "." + domain;
  }

  static Settings of(Function<String, @Nullable Object> context) {
    Context values = new Context(context);
    String domain = values.text("domain");
    return new Settings(
        values.text("stackName"),
        domain,
        zone(values.text("zone")),
        values.list("records").stream().map(Settings::kind).toList(),
        certificate(values.text("certificate")),
        values.text("mailFrom"),
        values.text("spf"),
        values.text("dmarc").replace("{domain}", domain),
        values.choice("otherReceiptRules", "refuse", "add").equals("add"),
        values.optional("alarmEmail"),
        values.optional("monthlyBudget").map(Double::valueOf),
        Integer.parseInt(values.text("logDays")),
        Path.of(values.text("functions")),
        Path.of(values.text("template")),
        values.map("parameters"));
  }

  private static Zone zone(String zone) {
    return switch (zone) {
      case "create" -> new Zone.Created();
      case "none" -> new Zone.Elsewhere();
      default -> new Zone.Existing(zone);
    };
  }

  private static Certificate certificate(String certificate) {
    return switch (certificate) {
      case "create" -> new Certificate.Created();
      case "none" -> new Certificate.None();
      default -> new Certificate.Existing(certificate);
    };
  }

  private static DnsRecord.Kind kind(String name) {
    try {
      return DnsRecord.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InfraException(
          "records: " + name + " is none of " + Arrays.toString(DnsRecord.Kind.values()));
    }
  }

  private record Context(Function<String, @Nullable Object> values) {
    Optional<String> optional(String name) {
      Object value = values.apply(name);
      return value == null || value.toString().isBlank()
          ? Optional.empty()
          : Optional.of(value.toString().strip());
    }

    String text(String name) {
      return optional(name)
          .orElseThrow(
              () -> new InfraException(name + " is missing: set it in cdk.json or with -c"));
    }

    String choice(String name, String... allowed) {
      String value = text(name);
      if (!Arrays.asList(allowed).contains(value)) {
        throw new InfraException(name + " must be one of " + String.join(", ", allowed));
      }
      return value;
    }

    /** A list of cdk.json, or names between commas of the command line. */
    List<String> list(String name) {
      return values.apply(name) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : optional(name).map(text -> List.of(text.split(","))).orElse(List.of());
    }

    /** An object of cdk.json, or {@code name=value} between commas of the command line. */
    Map<String, String> map(String name) {
      Map<String, String> map = new TreeMap<>();
      if (values.apply(name) instanceof String) {
        for (String pair : list(name)) {
          int equals = pair.indexOf('=');
          if (equals < 1) {
            throw new InfraException(name + ": " + pair + " is not a name and its value");
          }
          map.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
      if (values.apply(name) instanceof Map<?, ?> given) {
        given.forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
      }
      return map;
    }
  }
}
