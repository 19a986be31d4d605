package email.daimon.local.roles;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.stack.Function;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each function what it would have on AWS: its own environment, and clients of its role. */
public final class GuardedFunctions {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedFunctions.class);
  private final Witness witness;

  public GuardedFunctions(Witness witness) {
    this.witness = Objects.requireNonNull(witness);
  }

  public Map<String, String> environment(Function function) {
    return new WatchedEnvironment(
        function.environment(), variable -> witness.read(function.id(), variable));
  }

  public AwsClients clients(Function function, AwsClients clients) {
    return GuardedClients.of(
        clients,
        call -> {
          boolean allowed = function.role().allows(call);
          witness.called(function.id(), call, allowed);
          if (!allowed) {
            LOG.error("{} may not {} on {}", function.id(), call.action(), call.resource());
          }
          return allowed;
        });
  }
}
