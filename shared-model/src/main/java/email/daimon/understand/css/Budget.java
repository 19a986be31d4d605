package email.daimon.understand.css;

/** Comparisons that a mail may ask for: what a large one of the real world takes many times. */
final class Budget {
  private int left;

  Budget(int comparisons) {
    left = comparisons;
  }

  /** Takes one; false once there are none. */
  boolean spend() {
    return left-- > 0 || spent();
  }

  private boolean spent() {
    left = 0;
    return false;
  }
}
