package email.daimon.local.operate.costs;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes {@code docs/operations/costs.md}. */
public final class CostsPage {
  private static final double THOUSAND = 1000;
  private static final double[] LOADS = {1, 100, 10_000};
  private final Costs costs;

  public CostsPage(Costs costs) {
    this.costs = requireNonNull(costs, "costs is null");
  }

  public String text() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # What it costs, and how much it bears

        Made by `./daimon bench costs`, not by hand: the calls and units of each function are counted while the
        functions do the work, one piece after the other, and multiplied by the list prices below (us-east-1, on demand,
        without free tiers). One message a call: the batches of a busy stack only lower this. What cannot be counted on one
        machine stands under [assumed](#assumed). A test holds the counts to a fresh count.

        ## One piece of work

        """);
    pieces(page);
    page.append(
        """

        Where nothing happens, a month costs $%s: the minute sweep, Lambda's long polls of the queues, one key, the
        template's alarm. Hourly and nightly rounds of `jobs`, a Route 53 zone ($0.50) and what the CDK adds (alarms and a
        dashboard, about four dollars) are not in it. An hour in which
        an agent waits, call after call, costs $%s.

        ## A simulated month

        So many mails a minute are received, around the clock; for each, agents read %s list of 20 and one whole mail, send
        %s mails, and one webhook is told. The first month's storage is in it.

        """
            .formatted(
                cents(costs.idleMonth().sum(costs.tables())),
                number(costs.hourOfWaiting().sum(costs.tables()), 4),
                number(costs.tables().assumed("reads-per-mail"), 0),
                number(costs.tables().assumed("sends-per-mail"), 1)));
    months(page);
    page.append("\n### Units of the same months\n\n");
    units(page);
    page.append(
        """

        ## Where the first limit is met

        Means, not peaks: a load with peaks of five times its mean meets each limit at a fifth of these. One message a
        call: batches, of ten messages and of a hundred of the table's stream, fill under load, so what bounds batches is
        met later than it says here.

        """);
    passed(page);
    limits(page);
    page.append("\n## Counted\n\n");
    counted(page);
    page.append("\n## Assumed\n\n| | | |\n|---|--:|---|\n");
    costs
        .tables()
        .assumed()
        .forEach(
            (name, one) -> row(page, name.replace('-', ' '), number(one.value(), -1), one.why()));
    page.append(
        "\n## Prices\n\nNoted in November 2026; they drift, and other regions differ. The data file is\n"
            + "`local/src/main/resources/email/daimon/local/operate/costs/prices.csv`.\n\n"
            + "| | dollars | for | source |\n|---|--:|---|---|\n");
    costs
        .tables()
        .prices()
        .forEach((name, price) ->
            row(
                page,
                name.replace('-', ' '),
                number(price.dollars(), -1),
                "%,.0f %s".formatted(price.per(), price.what()),
                price.source()));
    return page.toString();
  }

  /** What an operator is told before a deployment. */
  public String sentence() {
    Tables tables = costs.tables();
    return ("It costs about $%s a month where nothing happens, and $%s for 1,000 mails received, $%s for 1,000 sent,"
            + " $%s for 1,000 webhooks (us-east-1, list prices; docs/operations/costs.md).")
        .formatted(
            cents(costs.idleMonth().sum(tables)),
            cents(costs.of(Work.RECEIVED).sum(tables) * THOUSAND),
            cents(costs.of(Work.SENT).sum(tables) * THOUSAND),
            cents(costs.of(Work.WEBHOOK).sum(tables) * THOUSAND));
  }

  private void pieces(StringBuilder page) {
    page.append(
        "| a thousand times | write units | read units | Lambda calls | GB-seconds | dollars |\n");
    page.append("|---|--:|--:|--:|--:|--:|\n");
    for (Work work : Work.values()) {
      Bill bill = new Bill().add(costs.of(work), THOUSAND);
      Map<String, Double> amounts = bill.amounts();
      row(
          page,
          work.text(),
          number(amounts.getOrDefault("dynamodb-write", 0.0), 0),
          number(amounts.getOrDefault("dynamodb-read", 0.0), 0),
          number(amounts.getOrDefault("lambda-call", 0.0), 0),
          number(amounts.getOrDefault("lambda-time", 0.0), 0),
          number(bill.sum(costs.tables()), 4));
    }
  }

  private void months(StringBuilder page) {
    List<Map<String, Double>> dollars = new ArrayList<>();
    for (double load : LOADS) {
      dollars.add(costs.month(load).dollars(costs.tables()));
    }
    page.append(
        "| dollars of a month | 1 a minute | 100 a minute | 10,000 a minute |\n|---|--:|--:|--:|\n");
    for (String part : new TreeSet<>(dollars.getLast().keySet())) {
      List<String> cells = new ArrayList<>(List.of(part));
      dollars.forEach(month -> cells.add(cents(month.getOrDefault(part, 0.0))));
      row(page, cells.toArray(String[]::new));
    }
    List<String> sums = new ArrayList<>(List.of("**sum**"));
    List<String> each = new ArrayList<>(List.of("for 1,000 mails received"));
    for (int i = 0; i < LOADS.length; i++) {
      double sum = dollars.get(i).values().stream().mapToDouble(Double::doubleValue).sum();
      sums.add("**" + cents(sum) + "**");
      each.add(cents(sum / (LOADS[i] * Costs.MINUTES_A_MONTH) * THOUSAND));
    }
    row(page, sums.toArray(String[]::new));
    row(page, each.toArray(String[]::new));
  }

  private void units(StringBuilder page) {
    page.append(
        "| units | 1 a minute | 100 a minute | 10,000 a minute | dollars at 10,000 |\n|---|--:|--:|--:|--:|\n");
    List<Map<String, Double>> months = new ArrayList<>();
    for (double load : LOADS) {
      months.add(costs.month(load).amounts());
    }
    for (String price : new TreeMap<>(months.getLast()).keySet()) {
      Tables.Price of = costs.tables().prices().get(price);
      List<String> cells =
          new ArrayList<>(List.of(price.replace('-', ' ') + (of == null ? "" : ": " + of.what())));
      months.forEach(month -> cells.add(number(month.getOrDefault(price, 0.0), 0)));
      cells.add(cents(costs.tables().dollars(price, months.getLast().getOrDefault(price, 0.0))));
      row(page, cells.toArray(String[]::new));
    }
  }

  private void limits(StringBuilder page) {
    page.append(
        "| limit | bears | at 1 | at 100 | at 10,000 | is met at mails a minute | how to raise it |\n"
            + "|---|--:|--:|--:|--:|--:|---|\n");
    costs.tables().limits().stream()
        .sorted(Comparator.comparingDouble(this::met))
        .forEach(limit -> {
          List<String> cells =
              new ArrayList<>(List.of(limit.name(), number(limit.value(), 0) + " " + limit.unit()));
          for (double load : LOADS) {
            double need = costs.need(limit.need(), load);
            String text = number(need, need < 10 ? 2 : 0);
            cells.add(need > limit.value() ? "**" + text + "**" : text);
          }
          cells.add(number(met(limit), 0));
          cells.add(limit.cure());
          row(page, cells.toArray(String[]::new));
        });
  }

  private void passed(StringBuilder page) {
    for (double load : LOADS) {
      List<Tables.Limit> passed =
          costs.tables().limits().stream()
              .filter(limit -> costs.need(limit.need(), load) > limit.value())
              .sorted(Comparator.comparingDouble(this::met))
              .toList();
      page.append("- At ").append(number(load, 0)).append(" a minute ");
      page.append(
          passed.isEmpty()
              ? "none is met.\n"
              : "%d are passed; the first, at %s a minute, is \"%s\".%n"
                  .formatted(
                      passed.size(), number(met(passed.getFirst()), 0), passed.getFirst().name()));
    }
    page.append('\n');
  }

  private double met(Tables.Limit limit) {
    return limit.value() / costs.need(limit.need(), 1);
  }

  private void counted(StringBuilder page) {
    page.append("| piece | function | asks for |\n|---|---|---|\n");
    for (Work work : Work.values()) {
      Map<String, List<String>> functions = new TreeMap<>();
      for (Count count : costs.tables().counts()) {
        if (count.work() == work) {
          functions
              .computeIfAbsent(count.function(), _ -> new ArrayList<>())
              .add(
                  count.what().replace("dynamodb.", "").replace("lambda.Invoke", "calls")
                      + " "
                      + number(count.amount(), -1));
        }
      }
      functions.forEach(
          (function, amounts) -> row(page, work.text(), function, String.join(", ", amounts)));
    }
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cents(double dollars) {
    return number(dollars, 2);
  }

  /**
   * @param digits behind the point; -1 takes what there is, up to four
   */
  private static String number(double value, int digits) {
    if (digits >= 0) {
      return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
