package email.daimon.model;

import static java.util.Objects.requireNonNull;

/**
 * The place of a message in its inbox: inbox time, then id. Rows sort by it and nothing ever
 * appears behind a reader.
 *
 * @param inboxTime milliseconds since 1970, unique within the inbox
 * @param id {@code msg_…}, the deterministic name
 */
public record MessageKey(long inboxTime, String id) implements Comparable<MessageKey> {
  public MessageKey {
    requireNonNull(id, "id is null");
  }

  /**
   * Thirteen digits and the id, {@code 1763726400000#msg_…}: sorts as text as it does as number.
   */
  public String text() {
    return "%013d#%s".formatted(inboxTime, id);
  }

  /** Reads {@link #text()}. */
  public static MessageKey parse(String text) {
    int cut = text.indexOf('#');
    return new MessageKey(Long.parseLong(text.substring(0, cut)), text.substring(cut + 1));
  }

  // Written out, as keys of maps: what Java makes for a record it links at run time, in each start.
  @Override
  public boolean equals(Object other) {
    return other instanceof MessageKey key && inboxTime == key.inboxTime && id.equals(key.id);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(inboxTime) + id.hashCode();
  }

  @Override
  public int compareTo(MessageKey other) {
    int byTime = Long.compare(inboxTime, other.inboxTime);
    return byTime != 0 ? byTime : id.compareTo(other.id);
  }
}
