package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.model.SendTags;
import java.util.List;
import java.util.Optional;

/**
 * Hands one mail on, once. A transport never tries again by itself: whoever calls decides on what
 * is known of the first try.
 */
public interface Transport {
  /** Hands the mail to all recipients of the envelope. */
  Answer send(Envelope envelope, byte[] mail);

  /**
   * Whether local parts beyond ASCII may be used in addresses (SMTPUTF8, RFC 6531). SES's API does
   * not take them.
   */
  boolean smtpUtf8();

  /**
   * What stands on the envelope.
   *
   * @param from our address, bare
   * @param recipients bare, each once
   * @param tags to go with it where the transport takes tags
   * @param messageIdHeader the Message-ID that the mail bears, with brackets
   */
  record Envelope(String from, List<String> recipients, SendTags tags, String messageIdHeader) {
    public Envelope {
      requireNonNull(from, "from is null");
      recipients = List.copyOf(recipients);
      requireNonNull(tags, "tags is null");
      requireNonNull(messageIdHeader, "messageIdHeader is null");
    }
  }

  /** What is known of the call. */
  sealed interface Answer {
    /**
     * Taken: the transport answers for it now.
     *
     * @param transportId its own name for the mail
     * @param messageIdHeader the Message-ID that the recipients will see, with brackets
     * @param refused recipients that were refused while others were taken
     * @param delivered whether the acceptance is itself the delivery (a relay's 250 after DATA)
     */
    record Accepted(
        String transportId,
        Optional<String> messageIdHeader,
        List<Refusal> refused,
        boolean delivered)
        implements Answer {
      public Accepted {
        refused = List.copyOf(refused);
      }
    }

    /** Refused for good before any recipient got it: nothing was sent. */
    record Refused(Optional<String> smtpCode, String reason, List<Refusal> recipients)
        implements Answer {
      public Refused {
        recipients = List.copyOf(recipients);
      }
    }

    /** Not now, nothing was sent: throttled, busy, no connection. */
    record Busy(String reason) implements Answer {}

    /** The answer was lost: it may have been sent. */
    record Lost(String reason) implements Answer {}
  }

  /** A recipient that was refused, in the words of who refused. */
  record Refusal(String address, Optional<String> smtpCode, String reason) {}
}
