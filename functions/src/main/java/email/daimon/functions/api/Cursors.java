package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Hash;
import email.daimon.functions.store.SigningSecrets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Places in lists, signed and bound to the list that gave them: one from another account, inbox or
 * filter is as broken as one that was made up.
 */
public final class Cursors {
  private final Signatures signatures;

  public Cursors(SigningSecrets secrets) {
    this.signatures = new Signatures(requireNonNull(secrets, "secrets is null"));
  }

  /**
   * A cursor.
   *
   * @param list names account, inbox, route and filter: everything that has to be the same again
   * @param place any text
   */
  public String write(String list, String place, Instant now) {
    String text = Signatures.base64(place.getBytes(UTF_8));
    return text + "." + signatures.sign(bound(list, text), now);
  }

  /** The place of a cursor; empty where it is not from this list. */
  public Optional<String> read(String list, String cursor, Instant now) {
    int dot = cursor.indexOf('.');
    if (dot <= 0) {
      return Optional.empty();
    }
    String text = cursor.substring(0, dot);
    if (!signatures.good(bound(list, text), cursor.substring(dot + 1), now)) {
      return Optional.empty();
    }
    return Optional.of(new String(Base64.getUrlDecoder().decode(text), UTF_8));
  }

  /** The place that the query parameter {@code cursor} names; a foreign or broken one is a 400. */
  public Optional<String> place(Request request, String list) {
    Optional<String> cursor = request.query().text("cursor");
    if (cursor.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> place = read(list, cursor.get(), request.now());
    if (place.isEmpty()) {
      request.problem("cursor", "is none that this list gave for this filter");
    }
    return place;
  }

  private static String bound(String list, String text) {
    return Hash.sha256("cursor", list, text);
  }
}
