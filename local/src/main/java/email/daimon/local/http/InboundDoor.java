package email.daimon.local.http;

import email.daimon.local.ses.ReceivedMail;
import email.daimon.local.ses.Spool;
import email.daimon.local.ses.Verdicts;
import email.daimon.local.smtp.Recipients;
import email.daimon.local.smtp.SmtpDoor;
import email.daimon.model.Verdicts.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes a mail as if SES had received it, with the verdicts that a test wants. */
public final class InboundDoor {
  private static final Set<String> PARAMETERS =
      Set.of(
          "from", "rcpt", "spam", "virus", "spf", "dkim", "dmarc", "dmarc_policy", "dkim_domain");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_RECIPIENTS = 100;

  private final Recipients recipients;
  private final Spool spool;
  private final InstantSource clock;
  private final RandomGenerator random;

  public InboundDoor(
      Recipients recipients, Spool spool, InstantSource clock, RandomGenerator random) {
    this.recipients = Objects.requireNonNull(recipients);
    this.spool = Objects.requireNonNull(spool);
    this.clock = Objects.requireNonNull(clock);
    this.random = Objects.requireNonNull(random);
  }

  Reply receive(Call call) throws IOException {
    ReceivedMail mail = mail(call.parameters(), call.sourceIp());
    mail.recipients().stream()
        .filter(address -> !recipients.accepts(address))
        .findFirst()
        .ifPresent(address -> {
          throw Refusal.unknownInbox(address);
        });
    try (Spool.Writing writing =
        spool
            .write(mail, PATIENCE)
            .orElseThrow(() -> Refusal.busy("Too many mails are waiting to be stored"))) {
      copy(call, writing.out());
      writing.commit();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Refusal.busy("The process is ending");
    }
    return Reply.json(202, Map.of("ses_message_id", mail.id(), "recipients", mail.recipients()));
  }

  private static void copy(Call call, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int read = call.body().read(buffer); read >= 0; read = call.body().read(buffer)) {
      length += read;
      if (length > SmtpDoor.LARGEST_MAIL) {
        throw Refusal.tooLarge("40 MB");
      }
      out.write(buffer, 0, read);
    }
    if (length == 0) {
      throw Refusal.invalid("The body is empty", "Send the mail's raw bytes as the body.");
    }
  }

  private ReceivedMail mail(Map<String, List<String>> parameters, String sourceIp) {
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw Refusal.invalid(
            "Unknown parameter " + name,
            "Use " + String.join(", ", PARAMETERS.stream().sorted().toList()) + ".");
      }
    }
    List<String> to = parameters.getOrDefault("rcpt", List.of());
    if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
      throw Refusal.invalid("rcpt is needed, at most 100 times", "Add rcpt=ADDRESS.");
    }
    to.forEach(InboundDoor::checkAddress);
    String from = one(parameters, "from", "");
    if (!from.isEmpty()) {
      checkAddress(from);
    }
    Verdicts verdicts =
        new Verdicts(
            verdict(parameters, "spam"),
            verdict(parameters, "virus"),
            verdict(parameters, "spf"),
            verdict(parameters, "dkim"),
            verdict(parameters, "dmarc"),
            policy(parameters),
            dkimDomain(parameters));
    return new ReceivedMail(
        ReceivedMail.newId(random),
        clock.millis(),
        from,
        to,
        new ReceivedMail.Client("dev.inbound", sourceIp),
        verdicts);
  }

  private static void checkAddress(String address) {
    boolean wrong =
        address.indexOf('@') < 1
            || address.endsWith("@")
            || address.chars().anyMatch(c -> Character.isISOControl(c) || c == '<' || c == '>');
    if (wrong) {
      throw Refusal.invalid("Not an address: " + address, "Use the form user@domain.");
    }
  }

  private static Verdict verdict(Map<String, List<String>> parameters, String name) {
    String value = one(parameters, name, "PASS");
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalid(
                name + " is no verdict: " + value, "Use PASS, FAIL, GRAY or PROCESSING_FAILED."));
  }

  private static String policy(Map<String, List<String>> parameters) {
    String policy = one(parameters, "dmarc_policy", "reject");
    if (!Set.of("none", "quarantine", "reject").contains(policy)) {
      throw Refusal.invalid(
          "dmarc_policy is no policy: " + policy, "Use none, quarantine or reject.");
    }
    return policy;
  }

  private static @Nullable String dkimDomain(Map<String, List<String>> parameters) {
    String domain = one(parameters, "dkim_domain", "");
    if (!domain.matches("[A-Za-z0-9.-]*")) {
      throw Refusal.invalid("dkim_domain is no domain: " + domain, "Use a domain name.");
    }
    return domain.isEmpty() ? null : domain;
  }

  private static String one(Map<String, List<String>> parameters, String name, String otherwise) {
    List<String> values = parameters.getOrDefault(name, List.of(otherwise));
    if (values.size() > 1) {
      throw Refusal.invalid(name + " is given more than once", "Give it once.");
    }
    return values.getFirst();
  }
}
