package email.daimon.functions.admin;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.IssuedKey;
import email.daimon.functions.store.OperatorInbox;
import email.daimon.model.Inbox;
import email.daimon.wire.Json;
import email.daimon.wire.KeyJson;

/** {@code inbox}: opens the mail of postmaster, abuse and the other reserved names. */
final class OperatorInboxCommand {
  private final OperatorInbox operator;

  OperatorInboxCommand(Wiring wiring) {
    this.operator = wiring.operatorInbox();
  }

  Report newKey() {
    Inbox inbox = operator.findOrMake();
    IssuedKey key = operator.newKey();
    var result = Json.object().put("inbox_id", inbox.id()).put("email", inbox.address());
    result.setAll(KeyJson.issued(key.key(), key.secret()));
    return new Report(
        result,
        """
        %s has the mail of all reserved names: %s
        A new key for it, shown this once: %s
        """
            .formatted(inbox.address(), inbox.id(), key.secret()));
  }
}
