package email.daimon.functions.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.model.ListForm;
import email.daimon.model.MessageKey;
import email.daimon.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Parsed documents as compressed JSON. What is at most {@link #SMALL} long lies whole beside the
 * row, {@code I#inbox / B#time#id}, and its list form is made from it; of a larger one the list
 * form lies there and the whole in S3.
 */
public final class DocumentCodec {
  /** Bytes of JSON up to which a document lies in the table: the price of one S3 put. */
  public static final int SMALL = 8 * 1024;

  // The table takes its price by the kilobyte, S3 by the object.
  private static final int FOR_THE_TABLE = Deflater.DEFAULT_COMPRESSION;
  private static final int FOR_S3 = Deflater.BEST_SPEED;
  private static final String WHOLE = "document";
  private static final String LIST = "list";

  private DocumentCodec() {}

  /**
   * A document made ready to be stored.
   *
   * @param beside what lies beside the row: the whole document or its list form
   * @param whole the compressed whole, for S3; empty where it lies beside the row
   */
  public record Packed(Beside beside, Optional<SdkBytes> whole) {}

  /** What lies beside a row: its attribute and the compressed bytes. */
  public record Beside(String attribute, SdkBytes bytes) {
    /** The item at the message's place. */
    public Item item(String inboxId, MessageKey key) {
      return Item.of(Keys.inbox(inboxId), Keys.body(key))
          .bytes(attribute, bytes.asByteArrayUnsafe());
    }
  }

  /** Packs a document for the table and, where it is large, for S3. */
  public static Packed pack(StoredDocument document) {
    byte[] json = json(generator -> DocumentJson.write(generator, document));
    if (json.length <= SMALL) {
      return new Packed(new Beside(WHOLE, compress(json, FOR_THE_TABLE)), Optional.empty());
    }
    ListForm form = ListForm.of(document.document());
    byte[] list = json(generator -> DocumentJson.write(generator, form));
    return new Packed(
        new Beside(LIST, compress(list, FOR_THE_TABLE)), Optional.of(compress(json, FOR_S3)));
  }

  /** The list form in an item that lies beside a row. */
  public static ListForm listForm(Item beside) {
    return document(beside)
        .map(document -> ListForm.of(document.document()))
        .orElseGet(() -> DocumentJson.listForm(tree(beside.bytes(LIST))));
  }

  /** The whole document, where it lies beside the row; otherwise it is in S3. */
  public static Optional<StoredDocument> document(Item beside) {
    return beside.has(WHOLE)
        ? Optional.of(DocumentJson.document(tree(beside.bytes(WHOLE))))
        : Optional.empty();
  }

  /** Reads a document as it lies in S3. */
  public static StoredDocument unpack(InputStream compressed) {
    return DocumentJson.document(tree(compressed));
  }

  private static JsonNode tree(byte[] compressed) {
    return tree(new ByteArrayInputStream(compressed));
  }

  private static JsonNode tree(InputStream compressed) {
    try (GZIPInputStream in = new GZIPInputStream(compressed)) {
      return Json.parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a parsed document that cannot be read", e);
    }
  }

  private interface JsonWriting {
    void write(JsonGenerator generator) throws IOException;
  }

  private static byte[] json(JsonWriting writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = Json.generator(bytes)) {
      writing.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static SdkBytes compress(byte[] json, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new Gzip(bytes, level)) {
      out.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return SdkBytes.fromByteArrayUnsafe(bytes.toByteArray());
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
