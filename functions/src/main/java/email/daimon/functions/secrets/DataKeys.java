package email.daimon.functions.secrets;

import email.daimon.model.SealedBytes;

/** Keys that encrypt what belongs to one account, themselves encrypted by the deployment's key. */
public interface DataKeys {
  /** A new key for an account, encrypted. */
  SealedBytes make(String accountId);

  /**
   * The key, in plain, that {@link #make} gave for this account.
   *
   * @throws email.daimon.DaimonException where it is another account's, or was changed
   */
  byte[] open(String accountId, SealedBytes encrypted);
}
