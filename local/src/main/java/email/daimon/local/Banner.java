package email.daimon.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What a person sees when local mode is ready: addresses, and lines that work when pasted. */
final class Banner {
  private static final String JSON = "-H 'Content-Type: application/json'";
  private final LocalMode mode;
  private final LocalSettings settings;
  private final String name;

  private Banner(LocalMode mode) {
    this.mode = mode;
    this.settings = mode.settings();
    // A name that is free at every start, on the data of any earlier one.
    int number = ThreadLocalRandom.current().nextInt(0x10000, 0xFFFFF);
    this.name = "agent-" + Integer.toString(number, 36);
  }

  static String of(LocalMode mode, Duration startUp) {
    return new Banner(mode).text(startUp);
  }

  private String text(Duration startUp) {
    String kept =
        settings
            .data()
            .map(folder -> "kept in " + folder)
            .orElse("kept in memory, gone at the end");
    return """

    daimon is ready after %.1f s.

      API    %s
      SMTP   localhost:%d
      data   %s

    Create an inbox, send it a mail, read it%s:

      %s
      %s
      %s
    %s
    Mail to postmaster@%s and other reserved names is kept too: ./daimon admin inbox%s gives its key.

    """
        .formatted(
            startUp.toMillis() / 1000.0,
            mode.url(),
            mode.smtpPort(),
            kept,
            upgrade().isPresent() ? ", let it send" : "",
            create(),
            mail(),
            read(),
            upgrade().map(line -> "  " + line + "\n").orElse(""),
            settings.domain(),
            port());
  }

  private String create() {
    String token =
        mode.signupToken().isEmpty() ? "" : " -H 'X-Signup-Token: " + mode.signupToken() + "'";
    return "curl -s -X POST %s/v1/inboxes %s%s -d '{\"username\":\"%s\"}' | tee inbox.json"
        .formatted(mode.url(), JSON, token, name);
  }

  private String mail() {
    String smtpPort = mode.smtpPort() == 2525 ? "" : " --smtp-port " + mode.smtpPort();
    return "./daimon mail %s@%s --subject Hello%s".formatted(name, settings.domain(), smtpPort);
  }

  private String read() {
    return "curl -s \"%s/v1/inboxes/$(%s)/messages\" -H \"Authorization: Bearer $(%s)\""
        .formatted(mode.url(), told("id"), told("inbox_api_key"));
  }

  /** How the account comes to send; empty where it may from the start. */
  private Optional<String> upgrade() {
    if (!settings.tier().equals("free")) {
      return Optional.empty();
    }
    return Optional.of(
        settings.billing().equals("none")
            ? "./daimon admin account set-tier %s@%s developer%s"
                .formatted(name, settings.domain(), port())
            : ("curl -s -X POST %s/v1/account/upgrade %s -H \"Authorization: Bearer $(%s)\""
                    + " -d '{\"payment_method\":\"pm_card_visa\"}'")
                .formatted(mode.url(), JSON, told("account_api_key")));
  }

  private String port() {
    return mode.port() == 8025 ? "" : " --port " + mode.port();
  }

  /** A command that takes a member out of what the first line kept. */
  private static String told(String member) {
    String value = member.equals("id") ? "inbox_[^\"]*" : "[^\"]*";
    return "sed 's/.*\"%s\":\"\\(%s\\)\".*/\\1/' inbox.json".formatted(member, value);
  }
}
