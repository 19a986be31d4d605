package email.daimon.understand.reply;

import java.util.Objects;

/** By what a mail was cut, and how sure that is. */
record Rule(String name, double confidence) {
  static final Rule NONE = new Rule("none", 0.96);
  static final Rule HEADER_BLOCK = new Rule("header_block", 0.95);
  static final Rule DIVIDER = new Rule("divider", 0.95);
  static final Rule FORWARD = new Rule("forward", 0.96);
  static final Rule HELP_DESK = new Rule("help_desk", 0.95);
  static final Rule ATTRIBUTION = new Rule("attribution", 0.95);
  static final Rule ATTRIBUTION_ALONE = new Rule("attribution", 0.88);
  static final Rule INLINE = new Rule("inline", 0.9);
  static final Rule QUOTE_LINES = new Rule("quote_lines", 0.85);
  static final Rule QUOTE_KEPT = new Rule("none", 0.7);
  static final Rule SIGNATURE = new Rule("signature", 0.93);
  static final Rule SENT_FROM = new Rule("sent_from", 0.75);

  Rule {
    Objects.requireNonNull(name, "name");
  }

  /** A mark that a known program leaves in its HTML. */
  static Rule ofMark(String name) {
    return new Rule(name, 0.98);
  }
}
