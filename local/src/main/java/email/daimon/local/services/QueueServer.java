package email.daimon.local.services;

import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.QueueStatistics;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.msg.GetQueueStatistics;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.Nil$;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPoolSettings;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * ElasticMQ in this process, on a free port of the loopback interface. One at a time may have a
 * database.
 */
final class QueueServer implements Queues {
  static final String FILE = "queues.db";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem actors;
  private final ActorRef manager;
  private final InstantSource clock;
  private final SQSRestServer server;
  private final URI endpoint;

  /** Keeps its messages in a file, or in memory without a disk. */
  QueueServer(Optional<Disk> disk, InstantSource clock) {
    this.clock = clock;
    actors = ActorSystem.create("queues");
    Option<ActorRef> store = Option.apply(disk.map(this::store).orElse(null));
    manager =
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
      var _ = ask(store.get(), new QueueEvent.Restore(manager));
      builder = builder.withQueueEventListener(store.get());
    }
    server = builder.start();
    endpoint = URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  }

  /** By the platform's clock: the HTTP interface counts by the machine's. */
  @Override
  public QueueDepth depth(String queue) {
    QueueStatistics counts =
        (QueueStatistics) ask(queue(queue), new GetQueueStatistics(clock.millis()));
    return new QueueDepth(
        counts.approximateNumberOfVisibleMessages(),
        counts.approximateNumberOfInvisibleMessages(),
        counts.approximateNumberOfMessagesDelayed());
  }

  Instant now() {
    return clock.instant();
  }

  /** The queue itself, by its name. */
  ActorRef queue(String name) {
    Option<?> actor = (Option<?>) ask(manager, new LookupQueue(name));
    if (actor.isEmpty()) {
      throw new ServiceException("no queue " + name);
    }
    return (ActorRef) actor.get();
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public SqsClientBuilder reached(SqsClientBuilder builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(LocalNames.REGION))
        .credentialsProvider(ObjectServer.CREDENTIALS);
  }

  @Override
  public SqsClient shortest(SqsClient http) {
    return new InProcessQueues(this, http);
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

  private ActorRef store(Disk disk) {
    String url = url(disk);
    giveBackInFlight(url, clock.millis());
    useFrom(url);
    return actors.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            new SqlQueuePersistenceConfig(true, "org.sqlite.JDBC", url, "", "", false),
            Nil$.MODULE$));
  }

  static String url(Disk disk) {
    return "jdbc:sqlite:%s?journal_mode=wal&synchronous=%s"
        .formatted(disk.folder().toAbsolutePath().resolve(FILE), disk.synchronous());
  }

  /**
   * What a process that is gone had received is visible at once: nobody works on it any more. Its
   * end was no failure of the messages, so they do not come nearer to the dead letters by it.
   */
  private static void giveBackInFlight(String url, long now) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              "select name from sqlite_master where type = 'table' and name like 'message@_%' escape '@'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        var _ =
            statement.executeUpdate(
                """
                update %s set next_delivery = %d, receive_count = max(receive_count - 1, 0)
                where received is not null and next_delivery > %d\
                """
                    .formatted(table, now, now));
      }
    } catch (SQLException e) {
      throw new ServiceException("the queues' database cannot be read", e);
    }
  }

  /**
   * The library has one pool of connections in a process and keeps it for the first database it
   * ever opened: a second server of this process would write into the first one's file.
   */
  private static void useFrom(String url) {
    ConnectionPoolSettings settings = ConnectionPool.singleton$default$4();
    ConnectionPool.singleton(
        url, "", "", settings, ConnectionPool.singleton$default$5(url, "", "", settings));
  }

  Object ask(ActorRef actor, Object question) {
    return answer(askLater(actor, question), question);
  }

  CompletableFuture<Object> askLater(ActorRef actor, Object question) {
    return Patterns.ask(actor, question, PATIENCE).toCompletableFuture();
  }

  static Object answer(CompletableFuture<Object> answer, Object question) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted while waiting for the queues", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ServiceException("the queues do not answer " + question, e);
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
