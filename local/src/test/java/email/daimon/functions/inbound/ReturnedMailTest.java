package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.reports.BounceAddresses;
import email.daimon.functions.reports.BounceAddresses.Sent;
import email.daimon.functions.reports.ReturnedMail;
import email.daimon.model.DeliveryNews;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 5.9: what comes to a relay's envelope sender. */
final class ReturnedMailTest {
  private static final SendTags TAGS =
      new SendTags(
          "acc_1",
          "inbox_1",
          new MessageKey(1_795_256_130_000L, "msg_3k9TzQ0aBcDeFgHiJkLmNo"),
          "attempt-1");
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@relay.example.net
      Subject: Undelivered
      Content-Type: multipart/report; report-type=delivery-status; boundary="b"

      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; relay.example.net

      Final-Recipient: rfc822; ann@example.com
      Action: failed
      Status: 5.1.1

      --b--
      """;
  private final InboundHouse house = new InboundHouse();
  private final BounceAddresses addresses = house.wiring.bounceAddresses();
  private final List<DeliveryNews> reported = new ArrayList<>();
  private final InboundHandler handler =
      new InboundHandler(
          house.wiring, new ReturnedMail(addresses, house.wiring.blobs(), reported::add));

  @Test
  void aBounceToAnAddressOfOursIsNewsAndNoMail() {
    String inbox = house.inbox("bot");
    String address = addresses.issue(new Sent(TAGS, List.of("ann@example.com")));

    receive("1", address);

    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().tags()).isEqualTo(TAGS);
    assertThat(reported.getFirst().at()).isEqualTo(InboundHouse.START);
    assertThat(reported.getFirst().permanent()).isTrue();
    assertThat(house.messages(inbox)).isEmpty();
  }

  @Test
  void oneToAForgedAddressIsDropped() {
    String address = addresses.issue(new Sent(TAGS, List.of("ann@example.com")));
    char last = address.charAt(63);

    receive("1", address.substring(0, 63) + (last == '0' ? '1' : '0') + address.substring(64));
    receive("2", house.address("bounce+anything"));
    receive("3", house.address("bounce"));

    assertThat(reported).isEmpty();
  }

  @Test
  void aMailThatGoesToAnInboxTooArrivesThere() {
    String inbox = house.inbox("bot");
    String address = addresses.issue(new Sent(TAGS, List.of("ann@example.com")));

    assertThat(
            InboundHouse.handle(
                    handler,
                    house.received("1", BOUNCE, said -> said.to(address, house.address("bot"))))
                .getBatchItemFailures())
        .isEmpty();

    assertThat(reported).hasSize(1);
    assertThat(house.messages(inbox)).hasSize(1);
  }

  @Test
  void twoAttemptsHaveTwoAddresses() {
    SendTags second = new SendTags(TAGS.accountId(), TAGS.inboxId(), TAGS.message(), "attempt-2");
    String first = addresses.issue(new Sent(TAGS, List.of("ann@example.com")));
    String other = addresses.issue(new Sent(second, List.of("ann@example.com")));

    assertThat(addresses.find(first)).hasValueSatisfying(s -> assertThat(s.tags()).isEqualTo(TAGS));
    assertThat(addresses.find(other))
        .hasValueSatisfying(s -> assertThat(s.tags()).isEqualTo(second));
    house.pass(Duration.ofDays(1));
    assertThat(addresses.find(first.toUpperCase(java.util.Locale.ROOT))).isPresent();
  }

  private void receive(String id, String address) {
    assertThat(
            InboundHouse.handle(handler, house.received(id, BOUNCE, said -> said.to(address)))
                .getBatchItemFailures())
        .isEmpty();
  }
}
