package email.daimon.local.smtp;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers which addresses are known until something may have changed that. The tables here have
 * one lock: without this every RCPT would wait for the mails that are being stored. An unknown
 * address is never remembered.
 */
public final class AddressBook implements Recipients {
  private static final int MOST = 10_000;

  private final Recipients lookUp;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();

  public AddressBook(Recipients lookUp) {
    this.lookUp = Objects.requireNonNull(lookUp);
  }

  @Override
  public boolean accepts(String address) {
    if (known.contains(address)) {
      return true;
    }
    long before = changes.get();
    boolean accepts = lookUp.accepts(address);
    if (accepts && known.size() < MOST) {
      known.add(address);
      // What changed while it was looked up may be this very address.
      if (changes.get() != before) {
        known.remove(address);
      }
    }
    return accepts;
  }

  /** From here on every address is looked up again. */
  public void forget() {
    changes.incrementAndGet();
    known.clear();
  }
}
