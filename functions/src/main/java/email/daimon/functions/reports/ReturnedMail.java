package email.daimon.functions.reports;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.reports.BounceAddresses.Sent;
import email.daimon.functions.store.Blobs;
import email.daimon.model.DeliveryNews;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mail to addresses for bounces. It is taken as the word of the relay only where the address is one
 * that we made; nobody gets an answer to any other, it would tell forgers what is good.
 */
public final class ReturnedMail {
  private static final Logger LOG = LoggerFactory.getLogger(ReturnedMail.class);
  private final BounceAddresses addresses;
  private final Blobs blobs;
  private final NewsDesk desk;

  public ReturnedMail(BounceAddresses addresses, Blobs blobs, NewsDesk desk) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.desk = requireNonNull(desk, "desk is null");
  }

  /** Whether an address is for bounces: never an inbox. */
  public boolean owns(String address) {
    return addresses.owns(address);
  }

  /** Takes in a received mail for an address that is owned. */
  public void take(String sesId, String address, Instant receivedAt) {
    Optional<Sent> sent = addresses.find(address);
    if (sent.isEmpty()) {
      LOG.warn("metric ForgedBounces 1 ses_id {}", sesId);
      return;
    }
    List<DeliveryNews> news = read(sesId, sent.get(), receivedAt);
    if (news.isEmpty()) {
      LOG.info("metric BouncesWithoutReport 1 ses_id {}", sesId);
    }
    news.forEach(desk::report);
  }

  private List<DeliveryNews> read(String sesId, Sent sent, Instant receivedAt) {
    try (InputStream raw = blobs.received(sesId)) {
      return BounceMail.read(raw, sent, receivedAt);
    } catch (IOException e) {
      throw new UncheckedIOException("raw mail " + sesId, e);
    }
  }
}
