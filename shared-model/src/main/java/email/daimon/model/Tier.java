package email.daimon.model;

import java.util.Locale;
import java.util.Optional;

/** What an account pays for. The seeds' numbers stand in {@code policy.TierLimits}. */
public enum Tier {
  FREE,
  DEVELOPER,
  GROWTH,
  ENTERPRISE;

  /** The name on the wire, such as {@code developer}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The next tier up; empty above enterprise. */
  public Optional<Tier> next() {
    return switch (this) {
      case FREE -> Optional.of(DEVELOPER);
      case DEVELOPER -> Optional.of(GROWTH);
      case GROWTH -> Optional.of(ENTERPRISE);
      case ENTERPRISE -> Optional.empty();
    };
  }

  /**
   * Reads a tier's name; {@code starter} and {@code pro} are the second seed's names for two of
   * them.
   */
  public static Optional<Tier> parse(String name) {
    return switch (name) {
      case "free" -> Optional.of(FREE);
      case "developer", "starter" -> Optional.of(DEVELOPER);
      case "growth", "pro" -> Optional.of(GROWTH);
      case "enterprise" -> Optional.of(ENTERPRISE);
      default -> Optional.empty();
    };
  }
}
