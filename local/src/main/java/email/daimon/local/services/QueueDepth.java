package email.daimon.local.services;

/** How many messages a queue holds. */
public record QueueDepth(long visible, long inFlight, long delayed) {
  public long all() {
    return visible + inFlight + delayed;
  }
}
