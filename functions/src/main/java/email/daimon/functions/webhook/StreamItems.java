package email.daimon.functions.webhook;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import email.daimon.functions.store.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** Rows as the stream hands them to Lambda, as the store reads them. */
final class StreamItems {
  private StreamItems() {}

  static Item item(Map<String, AttributeValue> image) {
    return Item.read(attributes(image));
  }

  private static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue>
      attributes(Map<String, AttributeValue> image) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> read =
        new LinkedHashMap<>();
    image.forEach((name, value) -> read.put(name, value(value)));
    return read;
  }

  // Rows are made of these: see Item.
  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue value(
      AttributeValue value) {
    var made = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    if (value.getS() != null) {
      made.s(value.getS());
    } else if (value.getN() != null) {
      made.n(value.getN());
    } else if (value.getBOOL() != null) {
      made.bool(value.getBOOL());
    } else if (value.getM() != null) {
      made.m(attributes(value.getM()));
    } else if (value.getL() != null) {
      made.l(value.getL().stream().map(StreamItems::value).toList());
    } else if (value.getB() != null) {
      made.b(SdkBytes.fromByteBuffer(value.getB()));
    } else {
      throw new IllegalArgumentException("a row has no such value: " + value);
    }
    return made.build();
  }
}
