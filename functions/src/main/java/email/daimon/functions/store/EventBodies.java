package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The body that tells of an event, {@code EB#eventId} of the work table: built once, compressed,
 * and sent to every webhook that hears of the event with the webhook's id put in front.
 */
public final class EventBodies {
  private final Table work;
  private final Transactions transactions;

  public EventBodies(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * Keeps a body, where the event has none yet.
   *
   * @param body a JSON object without {@code webhook_id}
   */
  public void keep(String eventId, byte[] body, Instant at) {
    Item item =
        Item.of(Keys.eventBody(eventId), Keys.META)
            .bytes("body", packed(body))
            .number(Keys.EXPIRES_AT, at.plus(EventCodec.KEPT).getEpochSecond());
    var _ = transactions.putIf(work, item, "attribute_not_exists(pk)", Map.of());
  }

  /** The body of an event; empty where it was never built, or is gone after 30 days. */
  public Optional<byte[]> find(String eventId) {
    return work.get(Keys.eventBody(eventId), Keys.META).map(item -> unpacked(item.bytes("body")));
  }

  static byte[] packed(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] unpacked(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
