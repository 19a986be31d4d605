package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import email.daimon.local.services.Endpoints;
import email.daimon.local.testing.Elsewhere;
import email.daimon.local.testing.EmulatedServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * The contracts of stores over another DynamoDB, LocalStack's or the one that the environment
 * names, while conflicts and lost answers come at random.
 */
final class StoresElsewhereTest {
  private static EmulatedServices services;
  private static RandomFaults faults;

  @BeforeAll
  static void find() {
    Endpoints endpoints = Elsewhere.endpoints();
    services =
        EmulatedServices.withTablesAt(endpoints.dynamoDb().orElseThrow(), endpoints.environment());
    faults = new RandomFaults(services);
  }

  @AfterAll
  static void close() {
    if (services != null) {
      services.close();
    }
  }

  @BeforeEach
  void begin() {
    faults.begin();
  }

  @AfterEach
  void end() {
    faults.end();
  }

  @Nested
  final class Inboxes extends InboxesContract {
    @Override
    Wiring wiring() {
      return faults.wiring();
    }
  }

  @Nested
  final class Claims extends ClaimsContract {
    @Override
    Wiring wiring() {
      return faults.wiring();
    }
  }

  @Nested
  final class Accounts extends AccountsContract {
    @Override
    Wiring wiring() {
      return faults.wiring();
    }
  }
}
