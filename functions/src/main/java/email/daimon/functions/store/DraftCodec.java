package email.daimon.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.WaitingDraft;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rows of drafts. The fields lie in the row, compressed, or in an object that the row names: so
 * what is changed in the row alone leaves them where they are.
 */
final class DraftCodec {
  static final String PREFIX = Keys.draft("");
  static final String SENT = "sent";
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final String OBJECT = "object";
  private static final String WAITING = "waiting";
  private static final String SEND_AT = "sendAt";

  private DraftCodec() {}

  static Map<String, AttributeValue> key(String inboxId, String draftId) {
    return Item.key(Keys.inbox(inboxId), Keys.draft(draftId));
  }

  /**
   * A draft.
   *
   * @param content compressed; left out where it lies in an object
   */
  static Item item(Draft draft, byte[] content) {
    Item item =
        Item.of(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()))
            .text("accountId", draft.accountId())
            .text(OBJECT, draft.object())
            .text("filesOwner", draft.filesOwner())
            .items("files", draft.files().stream().map(MessageCodec::file).toList())
            .texts("labels", draft.labels())
            .time(SEND_AT, draft.sendAt())
            .text("sendError", draft.sendError())
            .time("createdAt", draft.createdAt())
            .time("updatedAt", draft.updatedAt())
            .number("version", draft.revision());
    draft.waiting().ifPresent(waiting -> item.item(WAITING, nested(waiting)));
    return draft.object().isPresent() ? item : item.bytes("content", content);
  }

  /** What is left of a draft that has become a message. */
  static Item sent(Draft draft, MessageKey message, Instant now) {
    return Item.of(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()))
        .text("accountId", draft.accountId())
        .text(SENT, message.text())
        .time("createdAt", draft.createdAt())
        .time("updatedAt", now)
        .number("version", draft.revision() + 1)
        .number(Keys.EXPIRES_AT, now.plus(REMEMBERED).getEpochSecond());
  }

  /** The next revision, which is not sent by itself any more, and why. */
  static Item unsent(Item row, String why, Instant now) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>(row.attributes());
    kept.remove(SEND_AT);
    kept.remove(WAITING);
    return Item.read(kept)
        .text("sendError", why)
        .time("updatedAt", now)
        .number("version", row.number("version") + 1);
  }

  static String id(Item row) {
    return row.text("sk").substring(PREFIX.length());
  }

  static Optional<Instant> sendAt(Item row) {
    return row.optionalTime(SEND_AT);
  }

  /** How a draft waits, read from its row alone. */
  static Optional<Waiting> waiting(Item row) {
    return row.item(WAITING)
        .map(item ->
            new Waiting(
                UnlessReplied.valueOf(item.text("unless")),
                item.text("from"),
                item.time("since"),
                item.number("revision"),
                item.optionalText("threadId")));
  }

  /** Whether a draft waits as the head of a thread says. */
  static boolean waits(Item row, WaitingDraft named) {
    return waiting(row).filter(waiting -> waiting.revision() == named.revision()).isPresent();
  }

  /** Reads a draft. */
  static Draft draft(String inboxId, Item item, Blobs blobs) {
    Optional<MessageKey> sent = item.optionalText(SENT).map(MessageKey::parse);
    return new Draft(
        id(item),
        item.text("accountId"),
        inboxId,
        sent.isPresent() ? "{}" : content(inboxId, item, blobs),
        item.optionalText(OBJECT),
        item.text("filesOwner"),
        item.items("files").stream().map(MessageCodec::file).toList(),
        item.textSet("labels"),
        sendAt(item),
        waiting(item),
        item.optionalText("sendError"),
        sent,
        item.time("createdAt"),
        item.time("updatedAt"),
        item.number("version"));
  }

  /** Fields as they are kept. */
  static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static Item nested(Waiting waiting) {
    return Item.nested()
        .text("unless", waiting.unless().name())
        .text("from", waiting.from())
        .time("since", waiting.since())
        .number("revision", waiting.revision())
        .text("threadId", waiting.threadId());
  }

  private static String content(String inboxId, Item item, Blobs blobs) {
    Optional<String> object = item.optionalText(OBJECT);
    try (InputStream compressed =
            object.isPresent()
                ? blobs.document(inboxId, object.get())
                : new ByteArrayInputStream(item.bytes("content"));
        InputStream plain = new GZIPInputStream(compressed)) {
      return new String(plain.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the draft " + id(item), e);
    }
  }
}
