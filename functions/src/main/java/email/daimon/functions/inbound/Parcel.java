package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

/** A mail that was read, on its way to one inbox; {@code work} is the queue message it came by. */
record Parcel(Work work, ReadMail read, MailObjects objects, Destination destination) {
  Parcel {
    requireNonNull(work, "work is null");
    requireNonNull(read, "read is null");
    requireNonNull(objects, "objects is null");
    requireNonNull(destination, "destination is null");
  }
}
