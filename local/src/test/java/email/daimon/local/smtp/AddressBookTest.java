package email.daimon.local.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private final Set<String> inboxes = new HashSet<>(Set.of("a@x"));
  private final AtomicInteger lookUps = new AtomicInteger();
  private final AddressBook book =
      new AddressBook(address -> {
        lookUps.incrementAndGet();
        return inboxes.contains(address);
      });

  @Test
  void looksUpAKnownAddressOnceAndAnUnknownOneEveryTime() {
    assertThat(book.accepts("a@x") && book.accepts("a@x")).isTrue();
    assertThat(lookUps).hasValue(1);
    assertThat(book.accepts("b@x") || book.accepts("b@x")).isFalse();
    assertThat(lookUps).hasValue(3);
    inboxes.add("b@x");
    assertThat(book.accepts("b@x")).isTrue();
  }

  @Test
  void anInboxThatIsGoneIsUnknownAtOnce() {
    assertThat(book.accepts("a@x")).isTrue();
    inboxes.clear();
    book.forget();
    assertThat(book.accepts("a@x")).isFalse();
  }

  @Test
  void aLookUpThatAChangeOvertookIsNotRemembered() {
    AtomicInteger calls = new AtomicInteger();
    AddressBook[] self = new AddressBook[1];
    self[0] =
        new AddressBook(_ -> {
          if (calls.getAndIncrement() == 0) {
            self[0].forget();
            return true;
          }
          return false;
        });
    assertThat(self[0].accepts("a@x")).isTrue();
    assertThat(self[0].accepts("a@x")).isFalse();
  }
}
