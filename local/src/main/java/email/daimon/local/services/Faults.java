package email.daimon.local.services;

import email.daimon.local.services.Fault.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The faults that are armed, and those that come at random. */
public final class Faults {
  private final List<Fault> armed = new ArrayList<>();
  private final List<Recurring> recurring = new ArrayList<>();
  private final List<Recurring> lasting = new ArrayList<>();

  private record Recurring(Fault fault, double probability, RandomGenerator random) {}

  /** The next {@code times} calls of its step meet this fault. */
  public synchronized void arm(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      armed.add(fault);
    }
  }

  /** Every call of its step meets this fault with the probability given (0 to 1). */
  public synchronized void randomly(Fault fault, double probability, RandomGenerator random) {
    recurring.add(new Recurring(fault, probability, random));
  }

  /** The same for as long as the process lives: {@link #clear} leaves it. */
  synchronized void lasting(Fault fault, double probability, RandomGenerator random) {
    lasting.add(new Recurring(fault, probability, random));
  }

  public synchronized void clear() {
    armed.clear();
    recurring.clear();
  }

  /** Those armed and not met yet. */
  public synchronized List<Fault> armed() {
    return List.copyOf(armed);
  }

  /** What the call that is being made now meets, if anything; an armed fault is used up. */
  public synchronized Optional<Fault> next(Step step) {
    for (int i = 0; i < armed.size(); i++) {
      if (armed.get(i).step() == step) {
        return Optional.of(armed.remove(i));
      }
    }
    return Stream.concat(recurring.stream(), lasting.stream())
        .filter(each -> each.fault.step() == step)
        .filter(each -> each.random.nextDouble() < each.probability)
        .map(Recurring::fault)
        .findFirst();
  }
}
