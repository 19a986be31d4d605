package email.daimon.functions.api;

import email.daimon.model.Inbox;
import email.daimon.model.ReceiveRules;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a PATCH of an inbox sets. A field that is not named stays, one that is null goes back to its
 * default.
 */
record InboxChanges(
    Optional<Optional<String>> displayName,
    Optional<Map<String, String>> metadata,
    Optional<OptionalInt> dailySendLimit,
    Optional<ReceiveRules> receiveRules) {

  static InboxChanges read(Fields body, InboxFields fields) {
    return new InboxChanges(
        body.has("display_name") ? Optional.of(fields.displayName()) : Optional.empty(),
        body.has("metadata") ? Optional.of(fields.metadata()) : Optional.empty(),
        body.has("daily_send_limit") ? Optional.of(fields.dailySendLimit()) : Optional.empty(),
        body.has("receive_rules") ? Optional.of(fields.receiveRules()) : Optional.empty());
  }

  Inbox on(Inbox kept, Instant now) {
    return new Inbox(
        kept.id(),
        kept.accountId(),
        kept.username(),
        kept.domain(),
        displayName.orElse(kept.displayName()),
        kept.status(),
        kept.clientId(),
        metadata.orElse(kept.metadata()),
        dailySendLimit.orElse(kept.dailySendLimit()),
        receiveRules.orElse(kept.receiveRules()),
        kept.createdAt(),
        Optional.of(now),
        kept.deletedAt());
  }
}
