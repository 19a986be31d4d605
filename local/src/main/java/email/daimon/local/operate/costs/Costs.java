package email.daimon.local.operate.costs;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.costs.Shape.Trigger;
import email.daimon.local.stack.Template;
import java.util.Map;
import java.util.TreeMap;

/**
 * Multiplies what was counted by what it costs. One message a call: larger batches only lower it.
 */
public final class Costs {
  static final double MINUTES_A_MONTH = 730 * 60;
  private static final double KILOBYTES = 1 << 20;
  private static final double CHUNK_KILOBYTES = 256;
  private static final double WAIT_SECONDS = 25;
  private static final double CALLS_OF_AN_HOUR = 3600 / WAIT_SECONDS;
  private static final String SES = "SES, SNS, storage";
  private final Tables tables;
  private final Shape shape;

  public Costs(Tables tables, Shape shape) {
    this.tables = requireNonNull(tables, "tables is null");
    this.shape = requireNonNull(shape, "shape is null");
  }

  public static Costs ofThisStack() {
    return new Costs(Tables.load(), Shape.of(Template.load()));
  }

  public Tables tables() {
    return tables;
  }

  /** Of one piece of work. */
  public Bill of(Work work) {
    Bill bill = new Bill();
    calls(work)
        .forEach((function, amounts) -> {
          Shape.Function of = shape.function(function);
          double calls = amounts.getOrDefault("lambda.Invoke", 0.0);
          bill.add(function, "lambda-call", calls);
          bill.add(function, "lambda-time", seconds(work, function, amounts) * of.gigabytes());
          bill.add(function, "logs", calls * gigabytes("log-kilobytes"));
          bill.add(function, "dynamodb-write", amounts.getOrDefault("dynamodb.write-units", 0.0));
          bill.add(function, "dynamodb-read", reads(amounts));
          bill.add(function, "s3-put", sum(amounts, "s3.PUT", "s3.LIST"));
          bill.add(function, "s3-get", sum(amounts, "s3.GET", "s3.HEAD"));
          if (of.trigger() == Trigger.QUEUE) {
            // Put in, received, deleted.
            bill.add(function, "sqs", 3 * calls);
          }
          if (of.trigger() == Trigger.REQUEST) {
            bill.add(function, "http-api", calls);
            bill.add(function, "data-out", calls * gigabytes("reply-kilobytes"));
          }
        });
    return bill.add(beside(work), 1);
  }

  // A query that finds nothing costs a unit too; the emulator counts none.
  private static double reads(Map<String, Double> amounts) {
    return Math.max(
        amounts.getOrDefault("dynamodb.read-units", 0.0),
        sum(amounts, "dynamodb.Query", "dynamodb.GetItem"));
  }

  /** What no function asks for. */
  private Bill beside(Work work) {
    Bill bill = new Bill();
    double kept = gigabytes("item-kilobytes");
    switch (work) {
      case RECEIVED -> {
        bill.add(SES, "ses-received", 1).add(SES, "sns", 1).add(SES, "s3-put", 1);
        // Only whole chunks are paid for.
        bill.add(SES, "ses-chunk", Math.floor(tables.assumed("mail-kilobytes") / CHUNK_KILOBYTES));
        bill.add(SES, "s3-stored", gigabytes("mail-kilobytes") * tables.assumed("mail-copies"));
        bill.add(SES, "dynamodb-stored", kept).add(SES, "dynamodb-recovery", kept);
      }
      case SENT -> {
        bill.add(SES, "ses-sent", 1);
        // Its Send and its Delivery.
        bill.add(SES, "sns", amount(work, "SesEventsFunction", "lambda.Invoke"));
        bill.add(SES, "dynamodb-stored", kept).add(SES, "dynamodb-recovery", kept);
      }
      case WEBHOOK -> bill.add("WebhookDeliverFunction", "data-out", gigabytes("reply-kilobytes"));
      default -> {}
    }
    return bill;
  }

  /** Of an hour in which one agent waits, call after call. */
  public Bill hourOfWaiting() {
    return new Bill().add(of(Work.WAIT), CALLS_OF_AN_HOUR);
  }

  /** Of a month in which nothing happens. */
  public Bill idleMonth() {
    Bill bill = new Bill().add(of(Work.MINUTE), MINUTES_A_MONTH);
    bill.add(
        "queues, polled",
        "sqs",
        shape.queues() * tables.assumed("polls-per-queue") * MINUTES_A_MONTH);
    bill.add("key, alarms", "kms-key", shape.keys());
    return bill.add("key, alarms", "alarm", shape.alarms());
  }

  /** Of a month with so many mails received a minute, and what agents do with them. */
  public Bill month(double mailsAMinute) {
    Bill bill = new Bill().add(idleMonth(), 1);
    perMail().forEach((work, times) -> bill.add(of(work), times * mailsAMinute * MINUTES_A_MONTH));
    return bill;
  }

  /** What comes with one mail received, by the mix that is assumed. */
  Map<Work, Double> perMail() {
    Map<Work, Double> mix = new TreeMap<>();
    mix.put(Work.RECEIVED, 1.0);
    mix.put(Work.LIST, tables.assumed("reads-per-mail"));
    mix.put(Work.READ, tables.assumed("reads-per-mail"));
    mix.put(Work.SENT, tables.assumed("sends-per-mail"));
    mix.put(Work.WEBHOOK, tables.assumed("webhooks-per-mail"));
    return mix;
  }

  /**
   * What a limit is asked for, a second, with so many mails a minute.
   *
   * @param need as the table of limits names it
   */
  double need(String need, double mailsAMinute) {
    double perSecond = mailsAMinute / 60;
    return switch (need) {
      case "received" -> perSecond;
      case "sent" -> perSecond * tables.assumed("sends-per-mail");
      case "writes" -> perSecond * perMail("dynamodb-write");
      case "requests" -> perSecond * perMail("http-api");
      case "concurrency" ->
          shape.functions().keySet().stream()
              .mapToDouble(function -> perSecond * secondsPerMail(function))
              .sum();
      default -> {
        var _ = shape.function(need);
        yield perSecond * secondsPerMail(need);
      }
    };
  }

  private double perMail(String price) {
    return perMail().entrySet().stream()
        .mapToDouble(part -> part.getValue() * of(part.getKey()).amounts().getOrDefault(price, 0.0))
        .sum();
  }

  private double secondsPerMail(String function) {
    return perMail().entrySet().stream()
        .mapToDouble(part ->
            part.getValue()
                * seconds(
                    part.getKey(), function, calls(part.getKey()).getOrDefault(function, Map.of())))
        .sum();
  }

  // One call after the other, which is an upper bound.
  private double seconds(Work work, String function, Map<String, Double> amounts) {
    double calls = amounts.getOrDefault("lambda.Invoke", 0.0);
    double milliseconds = calls * tables.assumed("own-milliseconds");
    for (var each : amounts.entrySet()) {
      milliseconds += each.getValue() * latency(each.getKey());
    }
    if (function.equals("WebhookDeliverFunction")) {
      milliseconds += calls * tables.assumed("webhook-milliseconds");
    }
    return work == Work.WAIT ? calls * WAIT_SECONDS : milliseconds / 1000;
  }

  private double latency(String what) {
    if (what.startsWith("s3.")) {
      return tables.assumed("s3-milliseconds");
    }
    if (what.startsWith("sqs.")) {
      return tables.assumed("sqs-milliseconds");
    }
    return switch (what) {
      case "dynamodb.TransactWriteItems" -> tables.assumed("transaction-milliseconds");
      case "dynamodb.PutItem", "dynamodb.UpdateItem", "dynamodb.DeleteItem" ->
          tables.assumed("put-milliseconds");
      case "dynamodb.GetItem", "dynamodb.BatchGetItem", "dynamodb.Query", "dynamodb.Scan" ->
          tables.assumed("get-milliseconds");
      case "ses.SendEmail" -> tables.assumed("ses-milliseconds");
      default -> 0;
    };
  }

  private Map<String, Map<String, Double>> calls(Work work) {
    Map<String, Map<String, Double>> calls = new TreeMap<>();
    for (Count count : tables.counts()) {
      if (count.work() == work) {
        calls
            .computeIfAbsent(count.function(), _ -> new TreeMap<>())
            .merge(count.what(), count.amount(), Double::sum);
      }
    }
    return calls;
  }

  private double amount(Work work, String function, String what) {
    return calls(work).getOrDefault(function, Map.of()).getOrDefault(what, 0.0);
  }

  private double gigabytes(String kilobytes) {
    return tables.assumed(kilobytes) / KILOBYTES;
  }

  private static double sum(Map<String, Double> amounts, String... names) {
    double sum = 0;
    for (String name : names) {
      sum += amounts.getOrDefault(name, 0.0);
    }
    return sum;
  }
}
