package email.daimon.local.testing;

import email.daimon.local.services.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * DynamoDB and SQS of somebody else: those that the environment names, or LocalStack in a
 * container. Where there is neither, the tests that ask are skipped.
 */
public final class Elsewhere {
  private static final String DYNAMODB = "DAIMON_TEST_DYNAMODB_ENDPOINT";
  private static final String SQS = "DAIMON_TEST_SQS_ENDPOINT";

  /** The last one that asks for no account. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final int PORT = 4566;

  private Elsewhere() {}

  private static final class Holder {
    static final Optional<Endpoints> FOUND = find(System.getenv());
  }

  /** One for the process; a container ends with it. */
  public static Endpoints endpoints() {
    Assumptions.assumeTrue(Holder.FOUND.isPresent(), "no services elsewhere: skipped");
    return Holder.FOUND.orElseThrow();
  }

  private static Optional<Endpoints> find(Map<String, String> environment) {
    Optional<URI> dynamoDb = Optional.ofNullable(environment.get(DYNAMODB)).map(URI::create);
    Optional<URI> sqs = Optional.ofNullable(environment.get(SQS)).map(URI::create);
    if (dynamoDb.isPresent() && sqs.isPresent()) {
      return Optional.of(new Endpoints(dynamoDb, sqs, environment));
    }
    if (!dockerAnswers()) {
      System.out.printf(
          "skipped: %s's contracts and story, for no Docker answers here, and %s and %s are not both set%n",
          IMAGE, DYNAMODB, SQS);
      return Optional.empty();
    }
    URI endpoint = localStack();
    return Optional.of(new Endpoints(Optional.of(endpoint), Optional.of(endpoint), Map.of()));
  }

  // Testcontainers would say at length, with stack traces, that there is none.
  private static boolean dockerAnswers() {
    try {
      Process docker =
          new ProcessBuilder("docker", "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return docker.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static URI localStack() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withEnv("SERVICES", "dynamodb,dynamodbstreams,sqs")
            .withEnv("SQS_ENDPOINT_STRATEGY", "path")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/_localstack/health").forPort(PORT));
    container.start();
    return URI.create("http://%s:%d".formatted(container.getHost(), container.getMappedPort(PORT)));
  }
}
