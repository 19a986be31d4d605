package email.daimon.bench;

import java.util.Locale;

/** How many of a group were right, and how many of the wrong ones lost or leaked text. */
final class Tally {
  private int cases;
  private int right;
  private int lost;
  private int leaked;

  void add(ReplyJudge.Verdict verdict) {
    cases++;
    right += verdict.right() ? 1 : 0;
    lost += verdict.lost() ? 1 : 0;
    leaked += verdict.leaked() ? 1 : 0;
  }

  void add(boolean isRight) {
    cases++;
    right += isRight ? 1 : 0;
  }

  int cases() {
    return cases;
  }

  String right() {
    return percent(right);
  }

  String lost() {
    return percent(lost);
  }

  String leaked() {
    return percent(leaked);
  }

  private String percent(int count) {
    return cases == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * count / cases);
  }
}
