package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.time.Duration;

/** What a mail costs: DynamoDB units, and calls of each service, counted at the clients. */
final class UsageBench {
  private static final int MAILS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private UsageBench() {}

  static ObjectNode run() throws Exception {
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (LocalDaimon daimon = LocalDaimon.start()) {
      Tenant tenant = Tenant.create(new ApiClient(daimon.apiUrl()), "usage", 1);
      String address = tenant.address(0);
      String id = tenant.ids().getFirst();
      SampleMails samples = new SampleMails(1);
      daimon.usage().countUnits();
      daimon.usage().reset();
      try (SmtpClient client = new SmtpClient(daimon.smtpPort())) {
        for (int i = 0; i < MAILS; i++) {
          client.send("sam@sender.example", address, samples.next(address));
        }
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (daimon.wiring().mailbox().counters(id).messages() < MAILS) {
        if (System.nanoTime() > end) {
          throw new IOException("not every mail was stored within " + PATIENCE);
        }
        Installation.pause(Duration.ofMillis(50));
      }
      result.put("mails", MAILS);
      Figures.each(result.putObject("per_mail"), daimon.usage().snapshot(), MAILS);
    }
    return result;
  }
}
