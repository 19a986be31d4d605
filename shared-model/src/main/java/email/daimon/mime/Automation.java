package email.daimon.mime;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Signs that a machine wrote the mail (RFC 3834 and practice).
 *
 * @param signs what was found
 * @param reportType the {@code report-type} of a multipart/report, such as {@code delivery-status}
 */
public record Automation(Set<Sign> signs, Optional<String> reportType) {
  /** One sign of automatic mail. */
  public enum Sign {
    /** Return-Path is {@code <>}. The envelope knows better, where there is one. */
    EMPTY_RETURN_PATH,
    /** Auto-Submitted other than {@code no}. */
    AUTO_SUBMITTED,
    /** The mail itself is a multipart/report (RFC 6522). */
    REPORT,
    /** Precedence bulk, list, junk or auto_reply. */
    PRECEDENCE,
    /** X-Autoreply. */
    AUTOREPLY,
    /** X-Auto-Response-Suppress. */
    RESPONSE_SUPPRESS,
    /** List-Id (RFC 2919). */
    LIST,
    /** From mailer-daemon or postmaster. */
    DAEMON
  }

  public Automation {
    EnumSet<Sign> ordered = EnumSet.noneOf(Sign.class);
    ordered.addAll(signs);
    signs = Collections.unmodifiableSet(ordered);
    Objects.requireNonNull(reportType, "reportType");
  }

  /** Whether any sign was found. */
  public boolean automatic() {
    return !signs.isEmpty();
  }
}
