package email.daimon.policy;

/**
 * Over how many partitions an account's thread feed and its events are spread. Each event may move
 * a thread in its index, which takes two of the 1,000 write units that DynamoDB gives a partition
 * key a second (Amazon DynamoDB, Best practices for designing partition keys).
 */
public final class FeedSpread {
  /** More partitions than this are not read for one list. */
  public static final int MOST = 64;

  /** Of the 500 moves a second that a partition takes, what is planned with. */
  private static final int MOVES_A_SECOND = 350;

  private static final int PEAK_TO_MEAN = 5;
  private static final double SECONDS_A_DAY = 86_400;

  private FeedSpread() {}

  /** The number of partitions for so many events a day: a power of two, 1 to {@link #MOST}. */
  public static int partitions(double eventsADay) {
    double peak = eventsADay / SECONDS_A_DAY * PEAK_TO_MEAN;
    int partitions = 1;
    while (partitions < MOST && partitions * MOVES_A_SECOND < peak) {
      partitions *= 2;
    }
    return partitions;
  }
}
