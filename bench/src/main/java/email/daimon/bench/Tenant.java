package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An account with its inboxes, which are told by number.
 *
 * @param key of the account
 */
record Tenant(String key, List<String> ids, List<String> addresses) {
  Tenant {
    ids = List.copyOf(ids);
    addresses = List.copyOf(addresses);
  }

  /** Makes one with so many inboxes, {@code name-0} and so on. */
  static Tenant create(ApiClient api, String name, int inboxes) throws IOException {
    String key = "";
    List<String> ids = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < inboxes; i++) {
      JsonNode inbox = api.post("/v1/inboxes", key, "{\"username\":\"%s-%d\"}".formatted(name, i));
      key = key.isEmpty() ? inbox.path("account_api_key").asText() : key;
      ids.add(inbox.path("id").asText());
      addresses.add(inbox.path("email").asText());
    }
    return new Tenant(key, ids, addresses);
  }

  /** The address whose turn it is. */
  String address(int number) {
    return addresses.get(number % addresses.size());
  }
}
