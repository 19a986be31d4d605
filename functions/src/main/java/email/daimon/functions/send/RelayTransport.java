package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.send.RelaySettings.Login;
import email.daimon.functions.store.DeferredException;
import email.daimon.model.SendTags;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends by an SMTP relay, one mail over one connection. Its 250 after DATA is the delivery; what
 * bounces later comes back to the envelope sender.
 */
public final class RelayTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(RelayTransport.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  // The function must still be able to write down what it heard.
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofHours(1);
  private final RelaySettings relay;
  private final ReturnPath returnPath;
  private final InstantSource clock;
  private final Session session;
  private volatile Optional<Known> smtpUtf8 = Optional.empty();

  private record Known(boolean offered, Instant asked) {}

  /** Makes envelope senders. */
  @FunctionalInterface
  public interface ReturnPath {
    /** The address that bounces of this attempt come to. */
    String of(SendTags tags, List<String> recipients);
  }

  public RelayTransport(RelaySettings relay, ReturnPath returnPath, InstantSource clock) {
    this(relay, returnPath, clock, Map.of());
  }

  /**
   * @param more properties of the mail library, for tests
   */
  RelayTransport(
      RelaySettings relay, ReturnPath returnPath, InstantSource clock, Map<String, String> more) {
    this.relay = requireNonNull(relay, "relay is null");
    this.returnPath = requireNonNull(returnPath, "returnPath is null");
    this.clock = requireNonNull(clock, "clock is null");
    Properties properties = properties(relay);
    properties.putAll(more);
    this.session = Session.getInstance(properties);
  }

  /** Asks the relay, at most once an hour; a relay that does not answer offers nothing. */
  @Override
  public boolean smtpUtf8() {
    Instant now = clock.instant();
    return smtpUtf8
        .filter(known -> now.isBefore(known.asked().plus(ASK_AGAIN_AFTER)))
        .map(Known::offered)
        .orElseGet(() -> ask(now));
  }

  @Override
  public Answer send(Envelope envelope, byte[] mail) {
    String sender;
    try {
      sender = returnPath.of(envelope.tags(), envelope.recipients());
    } catch (DeferredException | SdkException e) {
      LOG.warn("no address for bounces of {}", envelope.tags().message().id(), e);
      return new Answer.Busy("no address for bounces could be made");
    }
    try (RelayConversation conversation = new RelayConversation(session)) {
      return open(conversation).orElseGet(() -> conversation.hand(sender, envelope, mail));
    }
  }

  private boolean ask(Instant now) {
    try (RelayConversation conversation = new RelayConversation(session)) {
      if (open(conversation).isPresent()) {
        return false;
      }
      boolean offered = conversation.supportsExtension(RelayConversation.SMTPUTF8);
      smtpUtf8 = Optional.of(new Known(offered, now));
      return offered;
    }
  }

  /** What to answer where there is no connection: nothing was sent. */
  private Optional<Answer> open(RelayConversation conversation) {
    try {
      conversation.connect(
          relay.host(),
          relay.port(),
          relay.login().map(Login::username).orElse(null),
          relay.login().map(Login::password).orElse(null));
      return Optional.empty();
    } catch (AuthenticationFailedException e) {
      LOG.error("the relay does not let us in: no mail leaves until an operator mends this", e);
      return Optional.of(new Answer.Busy("the relay refuses the login"));
    } catch (MessagingException e) {
      LOG.error("no connection to the relay {}:{}", relay.host(), relay.port(), e);
      return Optional.of(new Answer.Busy("no connection to the relay: " + e.getMessage()));
    }
  }

  private static Properties properties(RelaySettings relay) {
    boolean login = relay.login().isPresent();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "mail.smtp.localhost", relay.ownName(),
            "mail.smtp.connectiontimeout", Long.toString(CONNECT.toMillis()),
            "mail.smtp.timeout", Long.toString(ANSWER.toMillis()),
            "mail.smtp.writetimeout", Long.toString(ANSWER.toMillis()),
            "mail.smtp.auth", Boolean.toString(login),
            "mail.smtp.ssl.enable", Boolean.toString(relay.implicitTls()),
            "mail.smtp.starttls.enable", Boolean.toString(!relay.implicitTls()),
            "mail.smtp.starttls.required", Boolean.toString(login && !relay.implicitTls()),
            "mail.smtp.ssl.checkserveridentity", Boolean.toString(login),
            "mail.mime.allowutf8", "true"));
    if (!login) {
      // Mail servers encrypt to any certificate where clear text would be taken too (RFC 7435).
      properties.put("mail.smtp.ssl.trust", "*");
    }
    return properties;
  }
}
