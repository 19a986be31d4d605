package email.daimon.local.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Deletes what tables a class of tests has taken, when its last test is over. */
public final class TablesOfTests implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      EmulatedServices.deleteTablesOfTests();
    }
  }
}
