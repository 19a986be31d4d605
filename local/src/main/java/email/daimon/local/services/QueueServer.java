package email.daimon.local.services;

import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.Nil$;

/** ElasticMQ in this process, on a free port of the loopback interface. */
final class QueueServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem actors;
  private final SQSRestServer server;
  private final URI endpoint;

  /** Keeps its messages in a database at the path, or in memory without one. */
  QueueServer(Optional<Path> database, InstantSource clock) {
    actors = ActorSystem.create("queues");
    Option<ActorRef> store = Option.apply(database.map(this::store).orElse(null));
    ActorRef manager =
        actors.actorOf(
            Props.create(QueueManagerActor.class, new Now(clock), StrictSQSLimits$.MODULE$, store));
    TheSQSRestServerBuilder builder =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(manager)
            .withAWSRegion(LocalNames.REGION)
            .withAWSAccountId(LocalNames.ACCOUNT)
            .withInterface("127.0.0.1")
            .withDynamicPort();
    if (store.isDefined()) {
      restore(store.get(), manager);
      builder = builder.withQueueEventListener(store.get());
    }
    server = builder.start();
    endpoint = URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stopAndWait();
      actors.terminate();
      actors.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new ServiceException("the queues could not be stopped", e);
    }
  }

  private ActorRef store(Path database) {
    // Without WRITE_DELAY=0 the database commits up to half a second after its answer.
    String url = "jdbc:h2:file:" + database.toAbsolutePath() + ";WRITE_DELAY=0";
    return actors.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "sa", "", false),
            Nil$.MODULE$));
  }

  private static void restore(ActorRef store, ActorRef manager) {
    try {
      Patterns.ask(store, new QueueEvent.Restore(manager), PATIENCE)
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted while the queues were restored", e);
    } catch (Exception e) {
      throw new ServiceException("the queues could not be restored", e);
    }
  }

  private static final class Now extends NowProvider {
    private final InstantSource clock;

    Now(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public long nowMillis() {
      return clock.millis();
    }

    @Override
    public OffsetDateTime now() {
      Instant instant = clock.instant();
      return instant.atOffset(ZoneOffset.UTC);
    }
  }
}
