package email.daimon.understand.css;

/** Comparisons that a mail may ask for: what a large one of the real world takes many times. */
final class Budget {
  private int left;

  Budget(int comparisons) {
    left = comparisons;
  }

  /** Takes some; false once there are none. */
  boolean spend(int comparisons) {
    left = left < comparisons ? -1 : left - comparisons;
    return left >= 0;
  }

  /** Whether more was asked for than there was. */
  boolean isSpent() {
    return left < 0;
  }
}
