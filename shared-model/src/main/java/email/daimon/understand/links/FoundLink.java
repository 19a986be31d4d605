package email.daimon.understand.links;

import static java.util.Objects.requireNonNull;

/**
 * A link where it stands.
 *
 * @param address http or https
 * @param name what it is called; empty for a bare address
 * @param before the sentence that leads to it
 * @param after how the sentence goes on
 * @param look how it is shown
 * @param at where, in UTF-16 units of the text
 */
record FoundLink(String address, String name, String before, String after, Look look, int at) {
  /** How a link is shown. */
  enum Look {
    /** As words of a text. */
    PLAIN,
    /** As a button. */
    BUTTON,
    /** Among what stands below every mail of a sender. */
    FOOTER,
    /** Hidden, or in quoted history. */
    ASIDE
  }

  FoundLink {
    requireNonNull(address, "address");
    requireNonNull(name, "name");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    requireNonNull(look, "look");
  }
}
