package email.daimon.local.stack;

import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** A table and the attribute by which its items expire. */
public record Table(String id, CreateTableRequest create, Optional<String> expiry) {
  public Table {
    Objects.requireNonNull(id);
    Objects.requireNonNull(create);
    Objects.requireNonNull(expiry);
  }

  public String name() {
    return create.tableName();
  }

  public Table named(String name) {
    return new Table(id, create.toBuilder().tableName(name).build(), expiry);
  }

  /** The same table, whose changes nobody hears of. */
  public Table withoutStream() {
    return new Table(
        id, create.toBuilder().streamSpecification((StreamSpecification) null).build(), expiry);
  }
}
