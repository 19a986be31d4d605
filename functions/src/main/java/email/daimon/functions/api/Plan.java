package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * What is left to do of a request that names existing things and is well formed: the gate that
 * answers 402, and the work, which may answer 403, 409, 412 or 429. Between the two phases the
 * pipeline replays or claims the idempotency key.
 */
public final class Plan {
  private final Runnable gate;
  private final Work work;

  private Plan(Runnable gate, Work work) {
    this.gate = requireNonNull(gate, "gate is null");
    this.work = requireNonNull(work, "work is null");
  }

  /** Work that ends its idempotency claim in its own transaction. */
  @FunctionalInterface
  public interface Work {
    Reply run(Completion completion);
  }

  /** Work whose claim, if there is one, is ended after it. */
  public static Plan of(Supplier<Reply> work) {
    return new Plan(Plan::open, _ -> work.get());
  }

  /** Work that puts the end of its claim into its own transaction, so that no kill parts them. */
  public static Plan committing(Work work) {
    return new Plan(Plan::open, work);
  }

  /** The same with a gate before it that throws 402 where the tier does not allow the work. */
  public Plan behind(Runnable tierGate) {
    return new Plan(tierGate, work);
  }

  private static void open() {
    // no tier is needed
  }

  Runnable gate() {
    return gate;
  }

  Work work() {
    return work;
  }
}
