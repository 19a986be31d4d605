package email.daimon.mime;

import java.util.Objects;
import java.util.Optional;

/**
 * What the transport wrote into the header.
 *
 * @param returnPath the bare address of the first Return-Path field; an empty string for the empty
 *     sender {@code <>}; nothing if there is no such field
 * @param received number of Received fields
 * @param authenticationResults the first Authentication-Results field (RFC 8601), if it may be
 *     believed: its authserv-id is {@code amazonses.com} and at most the first Received field
 *     stands above it. Any other was written by the sender's side, and is not here
 */
public record Transit(
    Optional<String> returnPath, int received, Optional<String> authenticationResults) {
  public Transit {
    Objects.requireNonNull(returnPath, "returnPath");
    Objects.requireNonNull(authenticationResults, "authenticationResults");
  }
}
