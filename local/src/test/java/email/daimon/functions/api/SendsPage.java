package email.daimon.functions.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that says what was done to sends and what came of it. */
record SendsPage(String injected, String counted) {
  private static final Path DOCS = Path.of("../docs/sending-under-faults.md");
  private static final String ABOUT =
      """
      # Sending under kills and faults

      Made by `KilledSendsTest` (`mvn verify -Dslow -Ddaimon.sends=%d -Dupdate.docs`). Every second call of the API and every
      second batch of the worker is killed after one of its calls to the outside, each in turn; the call takes effect, its
      answer reaches nobody. Of the writes to DynamoDB 3 %% meet a conflict, 3 %% lose their answer below the SDK, and 2 %% are
      made though the function hears an error. SES loses 3 %% of its answers after it has taken the mail, drops 2 %% of the
      connections before, throttles 2 %%, refuses 1 %% and reports 5 %% twice. The queues give messages in any order, 5 %% twice,
      5 %% late by 3 to 40 minutes. The caller repeats a call until it is answered. Every fourth mail has five recipients
      in To, Cc and Bcc.

      """;
  private static final String MEANING =
      """

      Checked of each mail: no recipient has two copies, and where one has a copy all have; API, store and SES agree on the
      mail, on each recipient, and on the attempt that it left by; the day's quota has counted what was stored and no more.
      Each `failed` was refused by SES. Each `unknown` had, in the very attempt that its row names, a call of SES without an
      answer, or a kill in the thread of that mail after the mark `attempting` and before what ends it. None of the unknown
      mails had been taken by SES: what SES takes it reports, and a report settles the mail, however late it comes. No report
      is lost for good: SNS and SQS deliver at least once.
      """;

  /** Writes it beside what was built, and into the docs where {@code -Dupdate.docs} is given. */
  void write(int mails) throws IOException {
    String page = ABOUT.formatted(mails) + injected + "\n" + counted + MEANING;
    Path built = Files.createDirectories(Path.of("target"));
    Files.writeString(built.resolve("sends-under-faults-" + mails + ".md"), page);
    if (System.getProperty("update.docs") != null) {
      Files.writeString(DOCS, page);
    }
    System.out.println(page);
  }
}
