package email.daimon.understand.links;

import email.daimon.model.LinkDetail.Kind;

/**
 * What a text says that following a link does.
 *
 * @param kind other where it says nothing of it
 * @param never whether it leads elsewhere by its words: to help, terms, an article
 * @param neutral whether it only says to follow it: click here
 * @param whole whether it is hardly more than the call
 */
record Call(Kind kind, boolean never, boolean neutral, boolean whole) {
  static final Call NOTHING = new Call(Kind.OTHER, false, false, false);
  static final Call NEUTRAL = new Call(Kind.OTHER, false, true, false);
  static final Call NEVER = new Call(Kind.OTHER, true, false, false);

  static Call of(Kind kind, boolean whole) {
    return new Call(kind, false, false, whole);
  }

  boolean asks() {
    return switch (kind) {
      case VERIFY, RESET, LOGIN, INVITE, CONFIRM -> true;
      default -> false;
    };
  }

  /** Nothing else can make it a call to action. */
  boolean settled() {
    return never || kind == Kind.UNSUBSCRIBE || kind == Kind.DENY;
  }
}
