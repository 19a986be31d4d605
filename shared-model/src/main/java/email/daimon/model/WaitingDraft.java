package email.daimon.model;

import static java.util.Objects.requireNonNull;

/**
 * A draft that is to be sent by itself unless its thread is answered first, as the thread's head
 * names it.
 *
 * @param id {@code dft_…}
 * @param revision of the draft that began to wait. A draft that has begun to wait anew, elsewhere
 *     perhaps, is not meant any more.
 */
public record WaitingDraft(String id, long revision) {
  public WaitingDraft {
    requireNonNull(id, "id is null");
  }

  /** The id and the revision, {@code dft_…#3}. */
  public String text() {
    return id + "#" + revision;
  }

  /** Reads {@link #text()}. */
  public static WaitingDraft parse(String text) {
    int cut = text.indexOf('#');
    return new WaitingDraft(text.substring(0, cut), Long.parseLong(text.substring(cut + 1)));
  }
}
