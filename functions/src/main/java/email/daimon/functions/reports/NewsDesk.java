package email.daimon.functions.reports;

import email.daimon.model.DeliveryNews;
import java.util.List;

/** Where reports of what became of a mail go. */
@FunctionalInterface
public interface NewsDesk {
  /** Takes a report; twice, late, or out of order does no harm. */
  void report(DeliveryNews news);

  /**
   * Takes reports that came together, as far as they can be taken together.
   *
   * @return those that are left, to be reported one by one in the same order
   */
  default List<DeliveryNews> reportTogether(List<DeliveryNews> news) {
    return news;
  }
}
