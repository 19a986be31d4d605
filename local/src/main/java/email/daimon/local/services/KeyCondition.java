package email.daimon.local.services;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A query's key condition on text keys, in the forms that are used here: one partition, and its
 * sort keys all, compared or between two.
 */
final class KeyCondition {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\S+) = (:\\w+)"
              + "(?: AND (\\S+) (?:BETWEEN (:\\w+) AND (:\\w+)|(<=|>=|<|>|=) (:\\w+)))?");
  private final QueryRequest query;
  private final Matcher matched;

  private KeyCondition(QueryRequest query, Matcher matched) {
    this.query = query;
    this.matched = matched;
  }

  static KeyCondition of(QueryRequest query) {
    Matcher matcher = FORM.matcher(query.keyConditionExpression());
    if (!matcher.matches()) {
      throw new UnsupportedOperationException(query.keyConditionExpression());
    }
    return new KeyCondition(query, matcher);
  }

  boolean holds(Map<String, AttributeValue> item) {
    if (!text(item, matched.group(1)).equals(value(matched.group(2)))) {
      return false;
    }
    if (matched.group(3) == null) {
      return true;
    }
    String sort = text(item, matched.group(3));
    if (matched.group(4) != null) {
      return sort.compareTo(value(matched.group(4))) >= 0
          && sort.compareTo(value(matched.group(5))) <= 0;
    }
    int compared = sort.compareTo(value(matched.group(7)));
    return switch (matched.group(6)) {
      case "<" -> compared < 0;
      case "<=" -> compared <= 0;
      case ">" -> compared > 0;
      case ">=" -> compared >= 0;
      default -> compared == 0;
    };
  }

  private String text(Map<String, AttributeValue> item, String placeholder) {
    String name =
        query.hasExpressionAttributeNames()
            ? query.expressionAttributeNames().getOrDefault(placeholder, placeholder)
            : placeholder;
    return Objects.requireNonNull(item.get(name), name).s();
  }

  private String value(String placeholder) {
    return Objects.requireNonNull(query.expressionAttributeValues().get(placeholder)).s();
  }
}
