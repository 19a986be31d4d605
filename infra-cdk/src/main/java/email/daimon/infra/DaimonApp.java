package email.daimon.infra;

import java.io.IOException;
import java.nio.file.Files;
import software.amazon.awscdk.App;

/** What {@code cdk synth} and {@code cdk deploy} run, with the context of {@code cdk.json}. */
public final class DaimonApp {
  private DaimonApp() {}

  public static void main(String[] arguments) throws IOException {
    App app = new App();
    try {
      Settings settings = Settings.of(app.getNode()::tryGetContext);
      Nag.review(new DaimonStack(app, settings, Files.createTempDirectory("daimon-cdk")));
    } catch (InfraException e) {
      System.err.println("daimon: " + e.getMessage());
      System.exit(1);
    }
    app.synth();
  }
}
