package email.daimon.functions;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Tier;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator decides about a deployment, read from a function's environment. Each function
 * has only the names that it looks up. One that is needed and missing, or a value that is none of
 * the allowed, stops the function that wants it, and says which.
 */
public record Settings(Map<String, String> environment) {
  public Settings {
    // A view: a copy would look at all of it.
    environment = Collections.unmodifiableMap(requireNonNull(environment, "environment is null"));
  }

  /** Who may open an account: everybody, who holds the token, nobody. */
  public enum Signup {
    OPEN,
    TOKEN,
    CLOSED
  }

  /** How accounts pay. */
  public enum Billing {
    NONE,
    SIMULATED,
    STRIPE
  }

  /** What takes the mails that are sent. */
  public enum MailTransport {
    SES,
    RELAY,
    NONE
  }

  /** Reads the environment of a function. */
  public static Settings of(Map<String, String> environment) {
    return new Settings(environment);
  }

  /** Mail domain of the inboxes. */
  public String domain() {
    return needed(environment, "DOMAIN");
  }

  /** Base of every link that is handed out. */
  public URI publicUrl() {
    return URI.create(needed(environment, "PUBLIC_URL"));
  }

  /** Who may open an account. */
  public Signup signup() {
    return choice(Signup.class, environment, "SIGNUP", "token");
  }

  /** What a caller without a key must know, while sign-up is by token. */
  public Optional<String> signupToken() {
    return text(environment, "SIGNUP_TOKEN");
  }

  /** Of new accounts. */
  public Tier defaultTier() {
    return Tier.parse(text(environment, "DEFAULT_TIER").orElse("free"))
        .orElseThrow(() -> new IllegalStateException("DEFAULT_TIER is no tier"));
  }

  /** How accounts pay. */
  public Billing billing() {
    return choice(Billing.class, environment, "BILLING", "none");
  }

  /**
   * Inboxes per hour and address that may be made without a key; 0 in the environment is no limit.
   */
  public OptionalInt creationLimit() {
    return number(environment, "CREATION_LIMIT");
  }

  /** Mails a day to one inbox above which events are quiet; 0 in the environment is no limit. */
  public OptionalInt inboundRate() {
    return number(environment, "INBOUND_RATE");
  }

  /** Who raises tiers where nobody takes payments. */
  public String operatorContact() {
    return text(environment, "OPERATOR_CONTACT").orElseGet(() -> "postmaster@" + domain());
  }

  /** Whom to ask about tiers with a price of their own. */
  public String salesContact() {
    return "sales@" + domain();
  }

  /** Table with what a customer would miss. */
  public String mailTable() {
    return needed(environment, "MAIL_TABLE");
  }

  /** Table with what expires. */
  public String workTable() {
    return needed(environment, "WORK_TABLE");
  }

  /** Bucket of raw mails, parsed documents and attachments. */
  public String bucket() {
    return needed(environment, "BUCKET");
  }

  /** URL of a queue by its role: {@code queueUrl("INBOUND")} is {@code INBOUND_QUEUE_URL}. */
  public String queueUrl(String role) {
    return needed(environment, role + "_QUEUE_URL");
  }

  /**
   * How far before its time a due message goes to its queue, where it waits for the rest. At most
   * the longest delay of a queue.
   */
  public Duration sweepLookAhead() {
    return Duration.ofSeconds(number(environment, "SWEEP_LOOK_AHEAD_SECONDS").orElse(0));
  }

  /** Calls that are held at a time, waiting for something to happen. */
  public int heldCalls() {
    return number(environment, "HELD_CALLS").orElse(100);
  }

  /** The longest that a held call rests between two looks. */
  public Duration heldCallRest() {
    return Duration.ofMillis(number(environment, "HELD_CALL_REST_MILLISECONDS").orElse(500));
  }

  /** What takes the mails that are sent: a relay that is named goes before SES. */
  public MailTransport mailTransport() {
    MailTransport wanted = choice(MailTransport.class, environment, "MAIL_TRANSPORT", "ses");
    boolean named = text(environment, "GREEN_ARROW_SMTP_SERVER").isPresent();
    return wanted == MailTransport.SES && named ? MailTransport.RELAY : wanted;
  }

  /** Recipients a second that SES is asked to send to at most. */
  public OptionalInt sesMaxSendRate() {
    return number(environment, "SES_MAX_SEND_RATE");
  }

  /** The SMTP relay, {@code host} or {@code host:port}. */
  public String relayServer() {
    return needed(environment, "GREEN_ARROW_SMTP_SERVER");
  }

  /** Name at the relay, where it wants one. */
  public Optional<String> relayUsername() {
    return text(environment, "GREEN_ARROW_SMTP_USERNAME");
  }

  /** Password to that name. */
  public String relayPassword() {
    return needed(environment, "GREEN_ARROW_SMTP_PASSWORD");
  }

  /** SES's configuration set, which publishes what becomes of the mails. */
  public Optional<String> configurationSet() {
    return text(environment, "SES_CONFIGURATION_SET");
  }

  /** ARNs of what an account's tenant at SES may send with; empty where none are made. */
  public List<String> tenantResources() {
    return text(environment, "TENANT_RESOURCES")
        .map(all -> List.of(all.split(",")))
        .orElse(List.of());
  }

  /** Whether webhooks must be https at public addresses: always but on one's own machine. */
  public boolean strictWebhooks() {
    return text(environment, "STRICT_WEBHOOKS").filter("false"::equals).isEmpty();
  }

  /** The key of KMS that encrypts the data keys of accounts. */
  public String kmsKeyId() {
    return needed(environment, "KMS_KEY_ID");
  }

  private static String needed(Map<String, String> environment, String name) {
    return text(environment, name)
        .orElseThrow(() -> new IllegalStateException(name + " is not set"));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static OptionalInt number(Map<String, String> environment, String name) {
    return text(environment, name).stream()
        .mapToInt(Integer::parseInt)
        .filter(value -> value > 0)
        .findFirst();
  }

  private static <E extends Enum<E>> E choice(
      Class<E> type, Map<String, String> environment, String name, String byDefault) {
    String value = text(environment, name).orElse(byDefault);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is none of its values: " + value));
  }
}
