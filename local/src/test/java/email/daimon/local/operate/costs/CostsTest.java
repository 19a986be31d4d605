package email.daimon.local.operate.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import email.daimon.local.operate.costs.Shape.Trigger;
import email.daimon.local.stack.Template;
import email.daimon.local.testing.CountedWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The costs that are written down are those of the functions as they are. */
final class CostsTest {
  private static final String AGAIN = "run ./daimon bench costs and commit what it writes";
  private static final int MOST_COUNTS = 3;
  private static final Set<String> PAID =
      Set.of("dynamodb.write-units", "dynamodb.read-units", "s3.PUT", "s3.GET", "lambda.Invoke");
  private static final String NUMBER = "\\**[0-9,]+(\\.[0-9]+)?\\**";
  private final Tables tables = Tables.load();
  private final Shape shape = Shape.of(Template.load());

  @Test
  void thePageSaysWhatCountsAndPricesGive() throws Exception {
    List<List<String>> kept = rows(Files.readString(Path.of("../docs/operations/costs.md")));
    List<List<String>> fresh = rows(new CostsPage(new Costs(tables, shape)).text());
    assertThat(fresh).hasSizeGreaterThan(Work.values().length + tables.limits().size());
    for (List<String> row : fresh) {
      List<String> same =
          kept.stream()
              .filter(
                  other -> other.getFirst().equals(row.getFirst()) && other.size() == row.size())
              .findFirst()
              .orElse(List.of());
      assertThat(same).as("%s: %s", row.getFirst(), AGAIN).hasSameSizeAs(row);
      for (int i = 1; i < row.size(); i++) {
        if (row.get(i).matches(NUMBER)) {
          double value = number(row.get(i));
          assertThat(number(same.get(i)))
              .as("%s: %s", row, AGAIN)
              .isCloseTo(value, within(2 + value * 0.15));
        }
      }
    }
  }

  // Of each piece of work, the month's sum, and the limits.
  private List<List<String>> rows(String page) {
    List<String> limits = tables.limits().stream().map(Tables.Limit::name).toList();
    List<String> works = Arrays.stream(Work.values()).map(Work::text).toList();
    return page.substring(0, page.indexOf("## Counted"))
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .filter(row ->
            limits.contains(row.getFirst())
                || works.contains(row.getFirst())
                || row.getFirst().equals("**sum**"))
        .toList();
  }

  private static double number(String cell) {
    return Double.parseDouble(cell.replaceAll("[*,]", ""));
  }

  // On a busy machine something is asked for twice now and then: then it is counted once more.
  @Test
  void theCountsAreThoseOfAFreshCount() throws Exception {
    List<String> other = List.of();
    for (int i = 0; i < MOST_COUNTS; i++) {
      try (CountedWork work = new CountedWork()) {
        other = differences(named(tables.counts()), named(work.all(1)));
      }
      if (other.isEmpty()) {
        return;
      }
    }
    assertThat(other).as(AGAIN).isEmpty();
  }

  private static List<String> differences(Map<String, Double> kept, Map<String, Double> fresh) {
    Set<String> names = new TreeSet<>(kept.keySet());
    names.addAll(fresh.keySet());
    return names.stream()
        .filter(name -> !name.startsWith(Work.WAIT.wireName()))
        .filter(name -> {
          double before = kept.getOrDefault(name, 0.0);
          return Math.abs(fresh.getOrDefault(name, 0.0) - before) > 2 + before * 0.15;
        })
        .map(name -> "%s: %s, now %s".formatted(name, kept.get(name), fresh.get(name)))
        .toList();
  }

  @Test
  void aBillIsAmountsTimesPrices() {
    Tables one =
        Tables.withCounts(
            List.of(
                new Count(Work.RECEIVED, "InboundFunction", "lambda.Invoke", 1),
                new Count(Work.RECEIVED, "InboundFunction", "dynamodb.write-units", 20),
                new Count(Work.RECEIVED, "InboundFunction", "dynamodb.TransactWriteItems", 1),
                new Count(Work.RECEIVED, "InboundFunction", "s3.PUT", 2)));
    Bill bill = new Costs(one, shape).of(Work.RECEIVED);
    double gigabytes = shape.function("InboundFunction").gigabytes();
    // 15 ms of its own, 15 ms of the transaction, twice 25 ms of S3.
    assertThat(bill.amounts().get("lambda-time")).isCloseTo(0.080 * gigabytes, within(1e-9));
    assertThat(bill.amounts()).containsEntry("s3-put", 3.0).containsEntry("sqs", 3.0);
    assertThat(bill.dollars(one).get("InboundFunction"))
        .isCloseTo(
            20 * 0.625e-6
                + 2 * 5e-6
                + 0.080 * gigabytes * 13.3334e-6
                + 0.2e-6
                + 3 * 0.4e-6
                + 0.5 / (1 << 20),
            within(1e-9));
  }

  @Test
  void theTemplateSaysWhoIsCalledByWhat() {
    assertThat(shape.function("InboundFunction").trigger()).isEqualTo(Trigger.QUEUE);
    assertThat(shape.function("WebhookPlanFunction").trigger()).isEqualTo(Trigger.STREAM);
    assertThat(shape.function("SweepFunction").trigger()).isEqualTo(Trigger.SCHEDULE);
    assertThat(shape.function("ApiMailFunction").trigger()).isEqualTo(Trigger.REQUEST);
    assertThat(shape.queues()).isEqualTo(6);
  }

  @Test
  void everyLimitIsMetSomewhereAndDoubleTheLoadNeedsDouble() {
    Costs costs = new Costs(tables, shape);
    for (Tables.Limit limit : tables.limits()) {
      assertThat(costs.need(limit.need(), 2))
          .as(limit.name())
          .isPositive()
          .isCloseTo(2 * costs.need(limit.need(), 1), within(1e-9));
    }
  }

  // What is paid for, over all functions: which one sees a report first is chance.
  private static Map<String, Double> named(List<Count> counts) {
    return counts.stream()
        .filter(count -> PAID.contains(count.what()))
        .collect(
            Collectors.toMap(
                count -> count.work().wireName() + " " + count.what(),
                Count::amount,
                Double::sum,
                TreeMap::new));
  }
}
