package email.daimon.local.services;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spares DynamoDB Local's store taking the same JSON apart for each item: it keeps what a table is
 * like as JSON in its file, and reads it there anew with each item that is read or written.
 */
final class KnownSchemas {
  /** Each has a mapper of its own, for all databases of a class loader. */
  private static final Map<Class<?>, KnownSchemas> ALL = new ConcurrentHashMap<>();

  private final Map<ByteBuffer, Object> known = new ConcurrentHashMap<>();
  private final Class<?> type;

  private KnownSchemas(Class<?> type) {
    this.type = type;
  }

  /** The known values of a type. */
  static KnownSchemas of(Class<?> type) {
    return ALL.computeIfAbsent(type, KnownSchemas::new);
  }

  /** Has a mapper ask here first; one that does already stays as it is. */
  void before(ObjectMapper mapper) {
    mapper.getFactory().enable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
    mapper.registerModule(new SimpleModule(type.getName()).setDeserializerModifier(new Modifier()));
  }

  /** For a table may have changed, and with it a value that was read here. */
  void forget() {
    known.clear();
  }

  private final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription described, JsonDeserializer<?> read) {
      return described.getBeanClass() == type ? new Once(read) : read;
    }
  }

  private final class Once extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    Once(JsonDeserializer<?> read) {
      super(read);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> read) {
      return new Once(read);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      ContentReference source = parser.currentTokenLocation().contentReference();
      if (!(source.getRawContent() instanceof byte[] json) || isPart(source, json)) {
        return super.deserialize(parser, context);
      }
      // What is left unread here is the rest of this value: nobody else reads it.
      Object value = known.get(ByteBuffer.wrap(json));
      if (value == null) {
        value = super.deserialize(parser, context);
        known.put(ByteBuffer.wrap(json), value);
      }
      return value;
    }

    private static boolean isPart(ContentReference source, byte[] json) {
      return source.contentOffset() > 0
          || (source.contentLength() >= 0 && source.contentLength() < json.length);
    }
  }
}
