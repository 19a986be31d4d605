package email.daimon.functions.store;

/** Sends drafts whose time has come. */
public interface DraftRelease {
  /**
   * Sends the draft, where it is still there and due. Where it may not be sent it stays and says
   * why. Asked for twice, it is sent once.
   *
   * @throws DeferredException where the store could not take it just now
   */
  void release(DraftJob job);
}
