package email.daimon.functions.send;

import email.daimon.functions.SendLimits;
import email.daimon.functions.Wiring;
import java.util.Optional;
import java.util.UUID;

/** Puts the worker together, with the transport that the deployment has. */
final class Workers {
  private Workers() {}

  /** Empty where there is no transport. */
  static Optional<Worker> of(Wiring wiring) {
    return wiring
        .transport()
        .map(transport ->
            new Worker(
                wiring.sends(),
                new Release(
                    wiring.sends(),
                    wiring.inboxes(),
                    wiring.suppressions(),
                    SendLimits.of(wiring.settings())),
                new Assembly(wiring.documents(), wiring.blobs()),
                transport,
                wiring.pacing()::take,
                () -> UUID.randomUUID().toString(),
                wiring.clock()));
  }
}
