package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.DocumentCodec.Beside;
import email.daimon.model.Account;
import email.daimon.model.Message;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A mail as it is to be stored in one inbox.
 *
 * @param account whose inbox it is: where its threads and events are spread
 * @param message the row, not yet placed: inbox time 0, no thread
 * @param anchorDomain domain of the anchor id of a thread that begins with it
 * @param canonicalId of its Message-ID
 * @param bodyHash SHA-256 of the body, by which a repeated mail is known
 * @param ancestors canonical ids by which its thread is looked for, in that order
 * @param claimed those of them that get pointers to its thread: its parent and at most 60 others
 * @param beside what lies beside the row
 */
public record Arrival(
    Account account,
    Message message,
    String anchorDomain,
    String canonicalId,
    String bodyHash,
    List<String> ancestors,
    List<String> claimed,
    Beside beside) {
  public Arrival {
    requireNonNull(account, "account is null");
    requireNonNull(message, "message is null");
    requireNonNull(anchorDomain, "anchorDomain is null");
    requireNonNull(canonicalId, "canonicalId is null");
    requireNonNull(bodyHash, "bodyHash is null");
    ancestors = others(ancestors, canonicalId);
    claimed = others(claimed, canonicalId);
    requireNonNull(beside, "beside is null");
  }

  String inboxId() {
    return message.inboxId();
  }

  private static List<String> others(List<String> ids, String own) {
    LinkedHashSet<String> others = new LinkedHashSet<>(ids);
    others.remove(own);
    return List.copyOf(others);
  }
}
