package email.daimon.local;

import email.daimon.local.services.CloudTraits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What local mode is started with.
 *
 * @param port of the API; 0 takes a free one
 * @param smtpPort 0 takes a free one
 * @param data folder that keeps everything; without it nothing is kept
 * @param publicUrl base of every link; without it that of the port
 * @param sendBurst sends a minute and account; without it no limit
 * @param requestRate requests a second and key; without it no limit
 * @param strictWebhooks whether webhooks must be https at public addresses, as in production
 * @param force whether an accepted mail is on the disk itself before its 250
 * @param relay the SMTP relay, as parameters of the stack; empty where none is named
 * @param traits what AWS does and emulators hide
 */
public record LocalSettings(
    int port,
    int smtpPort,
    Optional<Path> data,
    String domain,
    Optional<String> publicUrl,
    String signup,
    String tier,
    String billing,
    String transport,
    OptionalInt creationLimit,
    OptionalInt inboundRate,
    OptionalInt sendBurst,
    OptionalInt requestRate,
    boolean strictWebhooks,
    boolean force,
    Map<String, String> relay,
    CloudTraits traits) {
  public LocalSettings {
    Objects.requireNonNull(data);
    Objects.requireNonNull(domain);
    Objects.requireNonNull(publicUrl);
    Objects.requireNonNull(signup);
    Objects.requireNonNull(tier);
    Objects.requireNonNull(billing);
    Objects.requireNonNull(transport);
    Objects.requireNonNull(creationLimit);
    Objects.requireNonNull(inboundRate);
    relay = Map.copyOf(relay);
    Objects.requireNonNull(sendBurst);
    Objects.requireNonNull(requestRate);
    Objects.requireNonNull(traits);
  }

  /** On free ports, keeping nothing. */
  public static LocalSettings ephemeral() {
    return new LocalSettings(
        0,
        0,
        Optional.empty(),
        "daimon.email",
        Optional.empty(),
        "open",
        "free",
        "simulated",
        "ses",
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        false,
        Map.of(),
        CloudTraits.NONE);
  }

  /** The same, kept in a folder. */
  public LocalSettings in(Path folder) {
    return with(Optional.of(folder), traits);
  }

  /** The same, with what AWS does and emulators hide. */
  public LocalSettings with(CloudTraits other) {
    return with(data, other);
  }

  private LocalSettings with(Optional<Path> folder, CloudTraits other) {
    return new LocalSettings(
        port,
        smtpPort,
        folder,
        domain,
        publicUrl,
        signup,
        tier,
        billing,
        transport,
        creationLimit,
        inboundRate,
        sendBurst,
        requestRate,
        strictWebhooks,
        force,
        relay,
        other);
  }

  /** Whether mail goes by a relay and none is named. */
  boolean needsRelay() {
    return transport.equals("relay") && !relay.containsKey("GreenArrowSmtpServer");
  }

  /** As parameters of the stack. */
  Map<String, String> parameters(String url, String signupToken) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("Domain", domain);
    parameters.put("PublicUrl", publicUrl.orElse(url));
    parameters.put("Signup", signup);
    parameters.put("SignupToken", signupToken);
    parameters.put("DefaultTier", tier);
    parameters.put("Billing", billing);
    parameters.put("MailTransport", transport);
    parameters.putAll(relay);
    parameters.put("CreationLimit", text(creationLimit));
    parameters.put("InboundRate", text(inboundRate));
    parameters.put(
        "SendBurst", sendBurst.isPresent() ? Integer.toString(sendBurst.getAsInt()) : "off");
    // A look costs nothing here, and people watch.
    parameters.put("HeldCallRestMilliseconds", "200");
    parameters.put(
        "RequestRate", requestRate.isPresent() ? Integer.toString(requestRate.getAsInt()) : "off");
    parameters.put("StrictWebhooks", Boolean.toString(strictWebhooks));
    // The clock may jump over what a queue delays.
    parameters.put("SweepLookAheadSeconds", "0");
    // One commits, as the tables have one lock here; others are read and understood meanwhile.
    parameters.put("InboundConcurrency", "4");
    return parameters;
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
  }
}
