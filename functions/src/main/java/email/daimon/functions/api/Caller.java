package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Inbox;
import java.util.Optional;

/**
 * Who asks: a live key and its account, as read for this request.
 *
 * @param account tier and status may be five seconds old
 * @param inbox the inbox of an inbox key
 */
public record Caller(ApiKey key, Account account, Optional<Inbox> inbox) {
  public Caller {
    requireNonNull(key, "key is null");
    requireNonNull(account, "account is null");
    requireNonNull(inbox, "inbox is null");
  }

  public boolean hasAccountKey() {
    return key.scope() == ApiKey.Scope.ACCOUNT;
  }
}
