package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Inflow;
import java.util.OptionalInt;

/**
 * How many mails a day an inbox may get before it counts as flooded (rules 3.5). The mails above
 * are stored and listed like any; their events are quiet, and the flood is announced once a day.
 *
 * @param mailsPerDay empty for no limit
 */
public record InboundRate(OptionalInt mailsPerDay) {
  public InboundRate {
    requireNonNull(mailsPerDay, "mailsPerDay is null");
  }

  /** Whether the mail that was counted last is above the rate. */
  public boolean exceededBy(Inflow inflow) {
    return mailsPerDay.isPresent() && inflow.mails() > mailsPerDay.getAsInt();
  }
}
