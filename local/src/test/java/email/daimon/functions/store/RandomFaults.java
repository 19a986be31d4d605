package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import email.daimon.local.services.Fault;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Tables of their own, whose writes now and then meet a conflict or lose their answer. */
final class RandomFaults {
  private static final double CONFLICTS = 0.2;
  private static final double LOST = 0.1;
  private final EmulatedServices services;

  RandomFaults() {
    this(EmulatedServices.shared());
  }

  RandomFaults(EmulatedServices services) {
    this.services = services;
  }

  void begin() {
    Random random = new Random(7);
    for (Fault.Action action : new Fault.Action[] {Fault.Action.CONFLICT, Fault.Action.LOSE}) {
      services
          .faults()
          .randomly(
              new Fault(Fault.Step.DB_WRITE, action, Duration.ZERO),
              action == Fault.Action.CONFLICT ? CONFLICTS : LOST,
              random);
    }
  }

  void end() {
    services.faults().clear();
  }

  Wiring wiring() {
    return services.wiring(InstantSource.system(), new Random(11));
  }
}
