package email.daimon.functions.admin;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.Blobs.Received;
import email.daimon.wire.Json;
import java.util.List;

/** The commands about received mail. */
final class MailCommands {
  // The operator's environment may name no bucket: then only this command does not work.
  private final Wiring wiring;

  MailCommands(Wiring wiring) {
    this.wiring = requireNonNull(wiring, "wiring is null");
  }

  Report unprocessed() {
    List<Received> found = wiring.unprocessedMail().find();
    var array = Json.array();
    TextTable table = new TextTable("MAIL", "RECEIVED");
    for (Received mail : found) {
      array
          .addObject()
          .put("object", "inbound/" + mail.sesId())
          .put("received_at", Json.time(mail.at()));
      table.row("inbound/" + mail.sesId(), Json.time(mail.at()));
    }
    ObjectNode result = Json.object();
    result.set("unprocessed", array);
    String help =
        found.isEmpty()
            ? "Every mail of the last three days was handled.\n"
            : "Their notifications are lost, or among the dead letters: hand those on again.\n";
    return new Report(result, found.isEmpty() ? help : table.text() + help);
  }
}
