package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Over DynamoDB Local, while conflicts and lost answers come at random. */
final class DynamoAccountsContractTest extends AccountsContract {
  private final RandomFaults faults = new RandomFaults();

  @BeforeEach
  void begin() {
    faults.begin();
  }

  @AfterEach
  void end() {
    faults.end();
  }

  @Override
  Wiring wiring() {
    return faults.wiring();
  }
}
