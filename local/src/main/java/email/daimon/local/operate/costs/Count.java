package email.daimon.local.operate.costs;

import static java.util.Objects.requireNonNull;

/**
 * How much of something a function asks for in one piece of work.
 *
 * @param what such as {@code dynamodb.write-units} or {@code s3.PUT}
 */
public record Count(Work work, String function, String what, double amount) {
  public Count {
    requireNonNull(work, "work is null");
    requireNonNull(function, "function is null");
    requireNonNull(what, "what is null");
  }
}
