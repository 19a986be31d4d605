package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What speaks for and against believing a mail, beside whether its sender is verified.
 *
 * @param firstContact whether the inbox had nothing to do with the sender before; empty where that
 *     was not looked up
 * @param lookalikeOf the known correspondent whose address this one resembles
 * @param replyToDiffers whether answers go to another registrable domain than From's
 * @param nameHoldsAddress the address that the display name shows and that is not the sender's
 * @param injection how bad the worst text is that tries to instruct a machine
 */
public record Trust(
    Optional<Boolean> firstContact,
    Optional<String> lookalikeOf,
    boolean replyToDiffers,
    Optional<String> nameHoldsAddress,
    Optional<Injection.Severity> injection) {
  /** Of a mail that nothing speaks against, as far as it was looked at. */
  public static final Trust PLAIN =
      new Trust(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

  /** The same with what the inbox knows of the sender. */
  public Trust knowing(boolean first, Optional<String> resembled) {
    return new Trust(Optional.of(first), resembled, replyToDiffers, nameHoldsAddress, injection);
  }

  public Trust {
    requireNonNull(firstContact, "firstContact is null");
    requireNonNull(lookalikeOf, "lookalikeOf is null");
    requireNonNull(nameHoldsAddress, "nameHoldsAddress is null");
    requireNonNull(injection, "injection is null");
  }
}
