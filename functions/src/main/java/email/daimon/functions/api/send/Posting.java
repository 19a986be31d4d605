package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;
import email.daimon.compose.ComposeLimits;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Completion;
import email.daimon.functions.api.Fingerprint;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.ThreadResource;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.BlobMissingException;
import email.daimon.functions.store.ClientIds;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.model.Account;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.wire.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes a mail that is well formed through the gates, keeps what it is composed from, commits it
 * together with what else has to be true, and sends it on its way.
 */
final class Posting {
  private final Ids ids;
  private final SendGates gates;
  private final OutgoingMails mails;
  private final Sends sends;
  private final Mailbox mailbox;
  private final ClientIds clientIds;
  private final SendQueue queue;

  Posting(
      Ids ids,
      SendGates gates,
      OutgoingMails mails,
      Sends sends,
      Mailbox mailbox,
      ClientIds clientIds,
      SendQueue queue) {
    this.ids = requireNonNull(ids, "ids is null");
    this.gates = requireNonNull(gates, "gates is null");
    this.mails = requireNonNull(mails, "mails is null");
    this.sends = requireNonNull(sends, "sends is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.clientIds = requireNonNull(clientIds, "clientIds is null");
    this.queue = requireNonNull(queue, "queue is null");
  }

  /**
   * A mail of a request.
   *
   * @param advice what the caller should know of it, before other next steps
   * @param origin what it is made from
   */
  record Order(
      Request request,
      Inbox inbox,
      Letter letter,
      Conversation conversation,
      Optional<String> clientId,
      List<String> advice,
      Origin origin) {
    Account account() {
      return request.caller().account();
    }

    Instant now() {
      return request.now();
    }
  }

  /** What a mail is made from beside its request. */
  interface Origin {
    /** Nothing else. */
    Origin NONE = (_, _) -> {};

    /** Adds what has to be true with the mail; called anew for each attempt to commit. */
    void with(UnitOfWork work, Message message);

    /** Whether its time was set before and has come: no burst of its caller's then. */
    default boolean isDue() {
      return false;
    }

    /** Does what is left once it is stored, without which nothing is wrong. */
    default void stored() {}

    /** Why its files are not there any more, where that has a reason. */
    default Optional<DaimonException> gone() {
      return Optional.empty();
    }
  }

  /** What is left to do of the request; says what is wrong with the mail as a whole. */
  Plan plan(Order order) {
    OutgoingMails.Ready ready = OutgoingMails.ready(order.inbox, order.letter, order.now());
    if (ready.size() > ComposeLimits.COMPOSED_BYTES) {
      order.request.problem(
          "attachments",
          "make a mail of "
              + ready.size()
              + " bytes; one mail has at most "
              + ComposeLimits.COMPOSED_BYTES
              + " (40 MB), encodings included");
    }
    return Plan.committing(completion -> post(order, ready, completion))
        .behind(() -> gates.tier(order.request))
        .unlessKnown(() -> known(order));
  }

  private Optional<Reply> known(Order order) {
    return order
        .clientId
        .flatMap(id -> clientIds.find(claim(order, id)))
        .map(made -> replayed(order, made));
  }

  private Reply replayed(Order order, ClientIds.Made made) {
    Fingerprint.difference(made.fingerprint(), fingerprint(order))
        .ifPresent(name -> {
          throw new ApiException(
              ErrorCode.CLIENT_ID_REUSED,
              "This client_id has sent a mail from another body: "
                  + name
                  + " differs from the first request.",
              "Send the first body again, or use a new client_id.");
        });
    Message message =
        sends
            .find(made.inboxId(), made.message())
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.CLIENT_ID_RETIRED,
                    "The mail that this client_id made is gone.",
                    "Use a new client_id."));
    return Reply.ok(SendJson.of(message).put("replayed", true)).next(steps(order, message));
  }

  private Reply post(Order order, OutgoingMails.Ready ready, Completion completion) {
    gates.standing(order.account(), order.now());
    gates.loop(order.letter, order.conversation);
    String id = ids.next("msg", order.now());
    try {
      OutgoingMails.Mail mail =
          new OutgoingMails.Mail(
              id,
              order.account(),
              order.inbox,
              order.letter,
              ready,
              order.conversation,
              order.now());
      return commit(order, mail, completion);
    } catch (ClientIdTakenException e) {
      return known(order).orElseThrow(() -> e);
    } catch (BlobMissingException e) {
      throw order.origin.gone().orElse(e);
    } catch (DeferredException e) {
      // The answer to the commit may be lost, not the commit.
      return mailbox
          .message(order.inbox.id(), id)
          .map(stored -> sent(order, stored))
          .orElseThrow(() -> e);
    }
  }

  private Reply commit(Order order, OutgoingMails.Mail mail, Completion completion) {
    Optional<Need> need =
        order.letter.sendAt().isPresent()
            ? Optional.empty()
            : Optional.of(
                gates.need(
                    order.account(),
                    order.inbox,
                    order.letter,
                    order.conversation,
                    order.origin.isDue(),
                    order.now()));
    AtomicInteger attempts = new AtomicInteger();
    Submitted submitted =
        mails.submit(
            mail,
            need,
            found -> {
              SendGates.suppressed(found);
              gates.room(order.letter, order.account(), need);
            },
            (work, message) -> {
              boolean again = attempts.getAndIncrement() > 0;
              order.clientId.ifPresent(client -> claim(work, order, client, message, again));
              order.origin.with(work, message);
              completion.into(work, accepted(order, message));
            });
    return switch (submitted) {
      case Submitted.Stored(Message message) -> sent(order, message);
      case Submitted.NoInbox() -> throw Reach.noInbox();
      case Submitted.NoThread() -> throw ThreadResource.noThread();
      case Submitted.TooManyConditional(int most) -> throw tooManyConditional(most + " mails");
      case Submitted.NothingLeft(Exhausted limit) ->
          throw gates.exhausted(limit, order.account(), need.orElseThrow());
    };
  }

  private Reply sent(Order order, Message message) {
    queue.enqueue(message, order.now());
    order.origin.stored();
    return accepted(order, message);
  }

  static ApiException tooManyConditional(String waiting) {
    return new ApiException(
        ErrorCode.VALIDATION_ERROR,
        "unless_replied: " + waiting + " wait in this thread already, as many as may.",
        "Take one of them back, or send this one without unless_replied.");
  }

  private void claim(
      UnitOfWork work, Order order, String clientId, Message message, boolean again) {
    ClientIds.Claim claim = claim(order, clientId);
    if (again && clientIds.find(claim).isPresent()) {
      throw new ClientIdTakenException();
    }
    clientIds.put(work, claim, message, fingerprint(order));
  }

  private static ClientIds.Claim claim(Order order, String clientId) {
    return new ClientIds.Claim(
        order.account().id(), "POST " + order.request.concretePath(), clientId);
  }

  private static Map<String, String> fingerprint(Order order) {
    return Fingerprint.of(order.request);
  }

  private static Reply accepted(Order order, Message message) {
    return Reply.of(202, SendJson.of(message)).next(steps(order, message));
  }

  private static String[] steps(Order order, Message message) {
    return NextSends.steps(order.advice, message);
  }
}
