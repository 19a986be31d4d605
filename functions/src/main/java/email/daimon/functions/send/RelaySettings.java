package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SMTP relay of a deployment.
 *
 * @param login where the relay wants one; then the connection is encrypted and the relay's
 *     certificate good, or nothing is sent
 * @param ownName with which we greet (EHLO)
 */
public record RelaySettings(String host, int port, Optional<Login> login, String ownName) {
  /** TLS from the first byte (RFC 8314 3.3). */
  static final int IMPLICIT_TLS = 465;

  private static final int RELAY = 25;
  private static final int SUBMISSION = 587;
  private static final Pattern SERVER =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::([0-9]{1,5}))?|([^:\\s\\[\\]]+)(?::([0-9]{1,5}))?");

  public RelaySettings {
    requireNonNull(host, "host is null");
    requireNonNull(login, "login is null");
    requireNonNull(ownName, "ownName is null");
  }

  /** Name and password at the relay. */
  public record Login(String username, String password) {
    public Login {
      requireNonNull(username, "username is null");
      requireNonNull(password, "password is null");
    }
  }

  /**
   * Reads {@code host} or {@code host:port}; without a port that of submission where there is a
   * login (RFC 6409), else SMTP's.
   */
  public static RelaySettings of(String server, Optional<Login> login, String ownName) {
    Matcher form = SERVER.matcher(server.strip());
    if (!form.matches()) {
      throw new IllegalStateException("GREEN_ARROW_SMTP_SERVER is no host or host:port: " + server);
    }
    boolean literal = form.group(1) != null;
    String host = form.group(literal ? 1 : 3);
    String port = form.group(literal ? 2 : 4);
    int usual = login.isPresent() ? SUBMISSION : RELAY;
    return new RelaySettings(
        requireNonNull(host), port == null ? usual : Integer.parseInt(port), login, ownName);
  }

  boolean implicitTls() {
    return port == IMPLICIT_TLS;
  }
}
