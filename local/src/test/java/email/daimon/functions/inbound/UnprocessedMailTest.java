package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.admin.Administration;
import email.daimon.functions.jobs.JobsHandler;
import email.daimon.functions.store.Blobs.Received;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.UnprocessedMail;
import email.daimon.functions.testing.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule 8.9: what lies in S3 for an hour without a mark is told. */
final class UnprocessedMailTest {
  private final InboundHouse house = new InboundHouse();

  // S3 stamps objects by the machine's clock.
  private final Instant begun = Instant.now();

  UnprocessedMailTest() {
    house.pass(Duration.between(InboundHouse.START, begun));
  }

  @Test
  void whatWasNeverHandledIsFoundAfterAnHour() {
    house.inbox("bot");
    SQSMessage stored = house.received("stored", "\nHi\n", said -> to(said, "bot"));
    SQSMessage nobodys = house.received("nobodys", "\nHi\n", said -> to(said, "none"));
    SQSMessage lost = house.received("lost", "\nHi\n", said -> to(said, "bot"));
    house.handle(stored, nobodys);

    assertThat(found()).doesNotContainAnyElementsOf(names("stored", "nobodys", "lost"));
    house.pass(UnprocessedMail.PATIENCE.plusMinutes(1));
    assertThat(found())
        .containsAll(names("lost"))
        .doesNotContainAnyElementsOf(names("stored", "nobodys"));

    house.handle(lost);
    assertThat(found()).doesNotContainAnyElementsOf(names("lost"));
  }

  @Test
  void aMailThatFailedHasNoMark() {
    SQSMessage broken = house.notification("broken", said -> to(said, "bot"));
    house.inbox("bot");
    assertThat(house.handle(broken).getBatchItemFailures()).hasSize(1);

    SQSMessage whole = house.received("broken", "\nHi\n", said -> to(said, "bot"));
    house.pass(UnprocessedMail.PATIENCE.plusMinutes(1));
    assertThat(found()).containsAll(names("broken"));
    house.handle(whole);
    assertThat(found()).doesNotContainAnyElementsOf(names("broken"));
  }

  @Test
  void theOperatorIsToldAndCanListThem() {
    house.received("alone", "\nHi\n", said -> to(said, "bot"));
    house.pass(UnprocessedMail.PATIENCE.plusMinutes(1));
    String name = names("alone").getFirst();

    assertThat(toldBy(Job.unprocessedMail(Instant.EPOCH))).contains("metric UnprocessedMail ");

    var report = new Administration(house.wiring).run(List.of("mail", "unprocessed"));
    assertThat(report.text()).contains("inbound/" + name);
    assertThat(report.result().at("/unprocessed/0/object").asText()).startsWith("inbound/");
  }

  private String toldBy(Job job) {
    Logger log = Logger.getLogger(JobsHandler.class.getName());
    StringBuilder told = new StringBuilder();
    Handler ear =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            told.append(new SimpleFormatter().formatMessage(line)).append('\n');
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(ear);
    try {
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(InboundHouse.message("job", job.json())));
      var _ =
          new JobsHandler(house.wiring).handleRequest(event, TimeLeft.of(Duration.ofMinutes(1)));
    } finally {
      log.removeHandler(ear);
    }
    return told.toString();
  }

  private InboundHouse.Said to(InboundHouse.Said said, String username) {
    return said.at(begun).to(house.address(username));
  }

  private List<String> found() {
    return house.wiring.unprocessedMail().find().stream().map(Received::sesId).toList();
  }

  private List<String> names(String... ids) {
    return Stream.of(ids).map(house::sesId).toList();
  }
}
