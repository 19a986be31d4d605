package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is left to do of a request that names existing things and is well formed: the look for what
 * the same call has made before, the gate that answers 402, and the work, which may answer 403,
 * 409, 412 or 429. Before them the pipeline replays or claims the idempotency key.
 */
public final class Plan {
  private final Supplier<Optional<Reply>> known;
  private final Runnable gate;
  private final Work work;
  private final boolean repeatable;

  private Plan(Supplier<Optional<Reply>> known, Runnable gate, Work work, boolean repeatable) {
    this.known = requireNonNull(known, "known is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.work = requireNonNull(work, "work is null");
    this.repeatable = repeatable;
  }

  /** Work that ends its idempotency claim in its own transaction. */
  @FunctionalInterface
  public interface Work {
    Reply run(Completion completion);
  }

  /** Work whose claim, if there is one, is ended after it. */
  public static Plan of(Supplier<Reply> work) {
    return new Plan(Optional::empty, Plan::open, _ -> work.get(), false);
  }

  /** Work that puts the end of its claim into its own transaction, so that no kill parts them. */
  public static Plan committing(Work work) {
    return new Plan(Optional::empty, Plan::open, work, false);
  }

  /** Work that is harmless to repeat and may be answered otherwise each time: it needs no claim. */
  public static Plan repeatable(Supplier<Reply> work) {
    return new Plan(Optional::empty, Plan::open, _ -> work.get(), true);
  }

  /** The same with a gate before it that throws 402 where the tier does not allow the work. */
  public Plan behind(Runnable tierGate) {
    return new Plan(known, tierGate, work, repeatable);
  }

  /** The same, answered before any gate with what the same call has made before, if it has. */
  public Plan unlessKnown(Supplier<Optional<Reply>> before) {
    return new Plan(before, gate, work, repeatable);
  }

  private static void open() {
    // no tier is needed
  }

  /** Carries it out for the platform itself, which has no idempotency key. */
  public void carryOut(Request request) {
    request.finish();
    gate.run();
    work.run(Completion.NONE);
  }

  Optional<Reply> known() {
    return known.get();
  }

  Runnable gate() {
    return gate;
  }

  Work work() {
    return work;
  }

  boolean repeatable() {
    return repeatable;
  }
}
