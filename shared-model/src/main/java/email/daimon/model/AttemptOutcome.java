package email.daimon.model;

import java.util.Locale;

/** What one call of a webhook came to. */
public enum AttemptOutcome {
  /** Any 2xx. */
  OK,
  /** Another status than 2xx and 3xx. */
  HTTP_ERROR,
  /** No connection in time. */
  TIMEOUT_CONNECT,
  /** No answer, or not all of it, in time. */
  TIMEOUT_READ,
  /** The name has no address. */
  DNS,
  /** The connection was refused or broken. */
  CONNECTION,
  /** No TLS, or a certificate that is not the name's. */
  TLS,
  /** An address that is not of the public internet. */
  REFUSED_ADDRESS,
  /** A 3xx: redirects are never followed. */
  REDIRECT,
  /** More of an answer than is read. */
  TOO_LARGE,
  /** No call: the endpoint has failed too often, and is left alone for a while. */
  BREAKER_OPEN,
  /** No call: the webhook is disabled. */
  DISABLED;

  /** As the API writes it: {@code http_error}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
