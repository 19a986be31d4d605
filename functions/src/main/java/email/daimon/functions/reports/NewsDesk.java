package email.daimon.functions.reports;

import email.daimon.model.DeliveryNews;

/** Where reports of what became of a mail go. */
@FunctionalInterface
public interface NewsDesk {
  /** Takes a report; twice, late, or out of order does no harm. */
  void report(DeliveryNews news);
}
