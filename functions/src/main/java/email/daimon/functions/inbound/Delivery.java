package email.daimon.functions.inbound;

import java.util.List;

/** The commit of mails into inboxes. */
@FunctionalInterface
interface Delivery {
  /**
   * Delivers what came together; once or more often comes to the same. What goes wrong with one
   * parcel stays with its work.
   */
  void deliver(List<Parcel> parcels);
}
