package email.daimon.local.operate.costs;

import email.daimon.DataFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables that costs are made of: prices and assumptions are written by hand, counts by {@code
 * ./daimon bench costs}.
 */
public record Tables(
    Map<String, Price> prices,
    Map<String, Assumption> assumed,
    List<Count> counts,
    List<Limit> limits) {
  /** Where counts are kept, below the module's folder. */
  public static final String COUNTS =
      "src/main/resources/email/daimon/local/operate/costs/counted.csv";

  /** So many dollars for so many. */
  public record Price(double dollars, double per, String what, String source) {}

  /** What cannot be counted here. */
  public record Assumption(double value, String why) {}

  /**
   * What bears only so much.
   *
   * @param need what of a load counts against it
   */
  public record Limit(String name, double value, String unit, String need, String cure) {}

  public Tables {
    prices = new LinkedHashMap<>(prices);
    assumed = new LinkedHashMap<>(assumed);
    counts = List.copyOf(counts);
    limits = List.copyOf(limits);
  }

  public static Tables load() {
    List<Count> counts = new ArrayList<>();
    for (List<String> row : rows("counted.csv", 4)) {
      counts.add(
          new Count(
              Work.valueOf(row.getFirst().toUpperCase(Locale.ROOT)),
              row.get(1),
              row.get(2),
              Double.parseDouble(row.getLast())));
    }
    return withCounts(counts);
  }

  /** With counts that were just taken. */
  public static Tables withCounts(List<Count> counts) {
    Map<String, Price> prices = new LinkedHashMap<>();
    for (List<String> row : rows("prices.csv", 5)) {
      prices.put(
          row.getFirst(),
          new Price(
              Double.parseDouble(row.get(1)),
              Double.parseDouble(row.get(2)),
              row.get(3),
              row.getLast()));
    }
    Map<String, Assumption> assumed = new LinkedHashMap<>();
    for (List<String> row : rows("assumed.csv", 3)) {
      assumed.put(row.getFirst(), new Assumption(Double.parseDouble(row.get(1)), row.getLast()));
    }
    List<Limit> limits = new ArrayList<>();
    for (List<String> row : rows("limits.csv", 5)) {
      limits.add(
          new Limit(
              row.getFirst(),
              Double.parseDouble(row.get(1)),
              row.get(2),
              row.get(3),
              row.getLast()));
    }
    return new Tables(prices, assumed, counts, limits);
  }

  /** Dollars of so many. */
  public double dollars(String price, double amount) {
    Price one = prices.get(price);
    if (one == null) {
      throw new IllegalArgumentException("no price " + price);
    }
    return amount * one.dollars() / one.per();
  }

  public double assumed(String name) {
    Assumption one = assumed.get(name);
    if (one == null) {
      throw new IllegalArgumentException("nothing assumed of " + name);
    }
    return one.value();
  }

  /** As the file has them. */
  public static String written(List<Count> counts) {
    StringBuilder file = new StringBuilder();
    file.append("# work; function; what; how much in one piece. Made by ./daimon bench costs.\n");
    for (Count count : counts) {
      file.append(
          String.format(
              Locale.ROOT,
              "%s; %s; %s; %.2f%n",
              count.work().wireName(),
              count.function(),
              count.what(),
              count.amount()));
    }
    return file.toString();
  }

  // The last column may hold the separator.
  private static List<List<String>> rows(String file, int columns) {
    return DataFile.lines(Tables.class, file).stream()
        .map(line -> Arrays.stream(line.split(";", columns)).map(String::strip).toList())
        .toList();
  }
}
