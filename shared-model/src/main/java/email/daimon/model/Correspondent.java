package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Somebody with whom an inbox has had to do.
 *
 * @param address bare, in one form: {@code policy.OwnAddress#text()}
 * @param name as the first mail showed it; untrusted, empty where there was none
 * @param verified whether a mail of theirs was verified
 * @param written whether the inbox has written to them first
 * @param lookalikeOf whom they resembled when their first mail came
 */
public record Correspondent(
    String address, String name, boolean verified, boolean written, Optional<String> lookalikeOf) {
  public Correspondent {
    requireNonNull(address, "address is null");
    requireNonNull(name, "name is null");
    requireNonNull(lookalikeOf, "lookalikeOf is null");
  }

  /** Whether others may be taken for them: they are who they say, and resemble nobody. */
  public boolean worthImitating() {
    return (verified || written) && lookalikeOf.isEmpty();
  }

  /** The same, now that a mail of theirs was verified. */
  public Correspondent proven() {
    return new Correspondent(address, name, true, written, lookalikeOf);
  }
}
