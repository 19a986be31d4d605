package email.daimon.functions.inbound;

import email.daimon.functions.store.Arrival;

/** A parcel and what the inbox is to store of it; its objects are written once. */
final class Shipment {
  private final Parcel parcel;
  private final Arrival arrival;
  private boolean written;
  private boolean settled;

  private Shipment(Parcel parcel, Arrival arrival) {
    this.parcel = parcel;
    this.arrival = arrival;
  }

  static Shipment of(Parcel parcel) {
    return new Shipment(
        parcel,
        Composition.compose(parcel.read(), parcel.destination(), parcel.objects().packed()));
  }

  Arrival arrival() {
    return arrival;
  }

  String messageId() {
    return arrival.message().id();
  }

  String inboxId() {
    return parcel.destination().inbox().id();
  }

  String sesId() {
    return parcel.read().notification().sesId();
  }

  /** Runs a part of its work; where that fails, its mail comes again, and it is done with. */
  void run(Runnable part) {
    parcel
        .work()
        .run(() -> {
          try {
            part.run();
          } catch (RuntimeException e) {
            settled = true;
            throw e;
          }
        });
  }

  void writeObjects() {
    if (!written) {
      parcel.objects().write(arrival.message());
      written = true;
    }
  }

  boolean written() {
    return written;
  }

  void settle() {
    settled = true;
  }

  boolean settled() {
    return settled;
  }
}
