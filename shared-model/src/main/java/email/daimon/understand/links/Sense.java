package email.daimon.understand.links;

/** What words of links mean; {@code words.txt} and {@code paths.txt} hold the words. */
enum Sense {
  VERIFY,
  CONFIRM,
  CHECK,
  DONE,
  RESET,
  SET,
  PASSWORD,
  LOGIN,
  ACCEPT,
  JOIN,
  INVITATION,
  INVITE,
  ACCOUNT,
  ORDER,
  CLICK,
  DENY,
  DECLINE,
  UNSUBSCRIBE,
  NEVER,
  HOW,
  VIEW,
  MEETING,
  DASHBOARD,
  FILLER;

  /** Whether a reader is asked for something by it. */
  boolean asks() {
    return switch (this) {
      case VERIFY, CONFIRM, CHECK, RESET, LOGIN, ACCEPT, JOIN, INVITATION -> true;
      default -> false;
    };
  }
}
