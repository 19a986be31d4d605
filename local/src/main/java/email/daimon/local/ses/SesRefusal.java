package email.daimon.local.ses;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;

/** What SES answers to a call that it refuses: the exception of its API, and its words. */
final class SesRefusal extends DaimonException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private SesRefusal(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = requireNonNull(type);
  }

  static SesRefusal badRequest(String message) {
    return new SesRefusal(400, "BadRequestException", message);
  }

  static SesRefusal rejected(String message) {
    return new SesRefusal(400, "MessageRejected", message);
  }

  static SesRefusal notFound(String message) {
    return new SesRefusal(404, "NotFoundException", message);
  }

  static SesRefusal alreadyExists(String message) {
    return new SesRefusal(400, "AlreadyExistsException", message);
  }

  static SesRefusal throttled() {
    return new SesRefusal(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
