package email.daimon.local.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read once of the same JSON is the same, until a table may have changed. */
final class KnownSchemasTest {
  /** As a table's description: a bean with a list of values. */
  static final class Described {
    public List<String> keys = List.of();
  }

  private final ObjectMapper mapper = new ObjectMapper();
  private final KnownSchemas schemas = KnownSchemas.of(Described.class);

  private Described read(String json) throws IOException {
    return mapper.readValue(json.getBytes(UTF_8), Described.class);
  }

  @Test
  void theSameJsonIsTheSameValueUntilItIsForgotten() throws IOException {
    schemas.before(mapper);

    Described first = read("{\"keys\":[\"a\",\"b\"]}");

    assertThat(first.keys).containsExactly("a", "b");
    assertThat(read("{\"keys\":[\"a\",\"b\"]}")).isSameAs(first);
    assertThat(read("{\"keys\":[\"a\",\"c\"]}").keys).containsExactly("a", "c");
    schemas.forget();
    Described again = read("{\"keys\":[\"a\",\"b\"]}");
    assertThat(again).isNotSameAs(first);
    assertThat(again.keys).containsExactly("a", "b");
  }

  @Test
  void whatIsReadOtherwiseThanFromBytesIsReadEachTime() throws IOException {
    schemas.before(mapper);

    Described first = mapper.readValue("{\"keys\":[\"a\"]}", Described.class);

    assertThat(mapper.readValue("{\"keys\":[\"b\"]}", Described.class).keys).containsExactly("b");
    assertThat(first.keys).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQLiteDBAccess", "SQLiteDBAccessJob"})
  void theStoreOfDynamoDbLocalAsksHere(String user) throws Exception {
    String sqlite = "software.amazon.dynamodb.services.local.shared.access.sqlite.";
    new DynamoDbLocal(Optional.empty()).close();
    Field field = Class.forName(sqlite + user).getDeclaredField("MAPPER");
    field.setAccessible(true);
    ObjectMapper ofStore = (ObjectMapper) field.get(null);
    Class<?> schema = Class.forName(sqlite + "TableSchemaInfo");
    byte[] json = "{\"TimeToLiveAttributeName\":\"expires\"}".getBytes(UTF_8);

    Object read = ofStore.readValue(json, schema);

    assertThat(read).hasFieldOrPropertyWithValue("timeToLiveAttributeName", "expires");
    assertThat(ofStore.readValue(json, schema)).isSameAs(read);
  }
}
