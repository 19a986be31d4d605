package email.daimon.local;

import email.daimon.functions.store.IssuedKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What a person sees when local mode is ready: addresses, and lines that work when pasted. */
final class Banner {
  private Banner() {}

  static String of(LocalMode mode, Duration startUp) {
    // A name that is free at every start, on the data of any earlier one.
    String name =
        "agent-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x10000, 0xFFFFF), 36);
    String address = name + "@" + mode.settings().domain();
    String token =
        mode.signupToken().isEmpty() ? "" : " -H 'X-Signup-Token: " + mode.signupToken() + "'";
    String smtpPort = mode.smtpPort() == 2525 ? "" : " --smtp-port " + mode.smtpPort();
    String kept =
        mode.settings()
            .data()
            .map(folder -> "kept in " + folder)
            .orElse("kept in memory, gone at the end");
    StringBuilder text = new StringBuilder();
    text.append(
        """

        daimon is ready after %.1f s.

          API    %s
          SMTP   localhost:%d
          data   %s

        Create an inbox, send it a mail, read it:

          curl -s -X POST %s/v1/inboxes -H 'Content-Type: application/json'%s -d '{"username":"%s"}' | tee inbox.json
          ./daimon mail %s --subject Hello%s
          curl -s "%s/v1/inboxes/$(%s)/messages" -H "Authorization: Bearer $(%s)"

        """
            .formatted(
                startUp.toMillis() / 1000.0,
                mode.url(),
                mode.smtpPort(),
                kept,
                mode.url(),
                token,
                name,
                address,
                smtpPort,
                mode.url(),
                "sed 's/.*\"id\":\"\\(inbox_[^\"]*\\)\".*/\\1/' inbox.json",
                "sed 's/.*\"inbox_api_key\":\"\\([^\"]*\\)\".*/\\1/' inbox.json"));
    operatorKey(mode)
        .ifPresent(key ->
            text.append(
                """
                Mail to postmaster@%s and other reserved names has an inbox of its own: %s
                Its key, shown this once: %s

                """
                    .formatted(
                        mode.settings().domain(),
                        key.key().inboxId().orElseThrow(),
                        key.secret())));
    return text.toString();
  }

  private static Optional<IssuedKey> operatorKey(LocalMode mode) {
    return mode.settings().data().isEmpty()
        ? Optional.empty()
        : mode.wiring().operatorInbox().firstKey();
  }
}
