package email.daimon.local.http;

import email.daimon.DaimonException;
import java.util.Optional;

/** A request that is answered with an error. */
final class Refusal extends DaimonException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String fix;
  private final transient Optional<String> allowed;

  private Refusal(int status, String code, String message, String fix, Optional<String> allowed) {
    super(message);
    this.status = status;
    this.code = code;
    this.fix = fix;
    this.allowed = allowed;
  }

  static Refusal invalid(String message, String fix) {
    return new Refusal(400, "VALIDATION_ERROR", message, fix, Optional.empty());
  }

  static Refusal notFound(String message, String fix) {
    return new Refusal(404, "NOT_FOUND", message, fix, Optional.empty());
  }

  static Refusal forbidden(String message, String fix) {
    return new Refusal(403, "FORBIDDEN", message, fix, Optional.empty());
  }

  static Refusal unknownInbox(String address) {
    return new Refusal(
        404,
        "INBOX_NOT_FOUND",
        "No inbox has the address " + address,
        "Create it with POST /v1/inboxes, or leave this rcpt out.",
        Optional.empty());
  }

  static Refusal method(String method, String path, String allowed) {
    return new Refusal(
        405,
        "METHOD_NOT_ALLOWED",
        path + " does not take " + method,
        "Use " + allowed + ".",
        Optional.of(allowed));
  }

  static Refusal tooLarge(String limit) {
    return new Refusal(
        413,
        "PAYLOAD_TOO_LARGE",
        "The body is larger than " + limit,
        "Send less, or use an upload for attachments.",
        Optional.empty());
  }

  static Refusal busy(String message) {
    return new Refusal(503, "UNAVAILABLE", message, "Try again in a moment.", Optional.empty());
  }

  static Refusal internal() {
    return new Refusal(
        500,
        "INTERNAL_ERROR",
        "The function failed; what went wrong stands in the output of the process",
        "Try again; if it stays, report the request_id.",
        Optional.empty());
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String fix() {
    return fix;
  }

  Optional<String> allowed() {
    return allowed;
  }
}
