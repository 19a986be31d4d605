package email.daimon.local.wiring;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.stack.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** template.yaml is what the functions need: all of it, and no more. */
class WiringTest {
  private static final String SQS = "sqs:SendMessage on arn:aws:sqs:us-east-1:000000000000:";
  private static final String TABLE = " on arn:aws:dynamodb:us-east-1:000000000000:table/";

  /** What is given for what the story does not always tell, and when that is. */
  private static final Map<String, String> NOT_TOLD =
      Map.ofEntries(
          entry(
              "InboundFunction is given INBOUND_QUEUE_URL", "what conflicts for long is deferred"),
          entry("InboundFunction may " + SQS + "inbound-queue", "the same"),
          entry("InboundFunction may dynamodb:GetItem" + TABLE + "work-table", "marks that meet"),
          entry("SesEventsFunction is given SES_EVENTS_QUEUE_URL", "the same"),
          entry("SesEventsFunction may " + SQS + "ses-events-queue", "the same"),
          entry("ApiMailFunction is given JOBS_QUEUE_URL", "threads with many messages"),
          entry("ApiMailFunction may " + SQS + "jobs-queue", "the same"),
          entry("JobsFunction may dynamodb:DeleteItem" + TABLE + "mail-table", "the same"),
          entry(
              "JobsFunction may dynamodb:UpdateItem" + TABLE + "work-table", "two at one webhook"),
          entry(
              "ApiSendFunction may dynamodb:Query" + TABLE + "work-table", "the quota is used up"),
          entry(
              "ApiWaitFunction may dynamodb:PutItem" + TABLE + "mail-table", "nobody had a secret"),
          entry("ApiWaitFunction.SigningSecret may touch SECRET", "the same"),
          entry("SendFunction is given GREEN_ARROW_SMTP_PASSWORD", "a relay that wants a name"),
          entry("SendFunction may dynamodb:GetItem" + TABLE + "work-table", "too much bounces"),
          entry("SendFunction may s3:ListBucket on arn:aws:s3:::mail-bucket", "a file is missing"),
          entry(
              "SweepFunction may dynamodb:DeleteItem" + TABLE + "work-table", "parked mail goes"));

  private static final Template TEMPLATE = Template.load();
  private static Records records;

  @BeforeAll
  static void tell() {
    records = Story.told();
  }

  @Test
  void theRulesOfTheStackHold() {
    assertThat(StackRules.broken(TEMPLATE)).isEmpty();
  }

  @Test
  void whatFunctionsReadAndAskForTheyAreGiven() {
    assertThat(records.refused()).isEmpty();
    assertThat(records.calls()).hasSize(11);
    assertThat(CallRules.missing(TEMPLATE, records)).isEmpty();
  }

  @Test
  void whatTheyAreGivenTheyReadAndAskFor() {
    assertThat(CallRules.unused(TEMPLATE, records)).isSubsetOf(NOT_TOLD.keySet());
  }

  @ParameterizedTest
  @MethodSource("email.daimon.local.wiring.Mutation#all")
  void aFaultIsSaid(Mutation mutation) {
    Template faulty = mutation.of(TEMPLATE);
    List<String> said = new ArrayList<>(StackRules.broken(faulty));
    said.addAll(CallRules.missing(faulty, records));
    Set<String> unused = CallRules.unused(faulty, records);
    said.addAll(unused.stream().filter(one -> !NOT_TOLD.containsKey(one)).toList());
    assertThat(said).anyMatch(line -> line.contains(mutation.said()));
  }
}
