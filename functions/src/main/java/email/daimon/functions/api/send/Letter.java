package email.daimon.functions.api.send;

import email.daimon.compose.Mailbox;
import email.daimon.model.Outgoing.Conditions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail as somebody asks for it.
 *
 * @param text empty where only HTML was given
 * @param sendAt in the future; empty for at once
 * @param allowsAutomatic whether it may answer what a machine sent by itself
 */
record Letter(
    Addressees addressees,
    List<Mailbox> replyTo,
    String subject,
    Optional<String> text,
    Optional<String> html,
    Map<String, String> headers,
    List<FileWish> files,
    Optional<Instant> sendAt,
    Conditions conditions,
    boolean allowsAutomatic) {
  Letter {
    replyTo = List.copyOf(replyTo);
    headers = new LinkedHashMap<>(headers);
    files = List.copyOf(files);
  }

  /** The same to others. */
  Letter to(Addressees others) {
    return new Letter(
        others, replyTo, subject, text, html, headers, files, sendAt, conditions, allowsAutomatic);
  }

  /** The same under another subject. */
  Letter about(String otherSubject) {
    return new Letter(
        addressees,
        replyTo,
        otherSubject,
        text,
        html,
        headers,
        files,
        sendAt,
        conditions,
        allowsAutomatic);
  }

  /** The same with other texts. */
  Letter saying(Optional<String> otherText, Optional<String> otherHtml) {
    return new Letter(
        addressees,
        replyTo,
        subject,
        otherText,
        otherHtml,
        headers,
        files,
        sendAt,
        conditions,
        allowsAutomatic);
  }

  /** The same with other files. */
  Letter with(List<FileWish> otherFiles) {
    return new Letter(
        addressees,
        replyTo,
        subject,
        text,
        html,
        headers,
        otherFiles,
        sendAt,
        conditions,
        allowsAutomatic);
  }

  /** The same at another time. */
  Letter at(Optional<Instant> otherTime) {
    return new Letter(
        addressees,
        replyTo,
        subject,
        text,
        html,
        headers,
        files,
        otherTime,
        conditions,
        allowsAutomatic);
  }
}
