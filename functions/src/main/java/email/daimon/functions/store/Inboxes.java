package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.InboxCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The inboxes, their addresses, and their places in the accounts. */
public interface Inboxes {
  /** An inbox that is not deleted. */
  Optional<Inbox> find(String inboxId);

  /**
   * Whose mail comes to this address: without case, tag or quotes (rules 3.4). Reserved names
   * belong to the operator's inbox, which is made by the first such mail.
   *
   * @param address bare, such as {@code agent+tag@daimon.email}
   */
  Optional<Inbox> findByAddress(String address);

  /** The same for many addresses at once, with the accounts. */
  Receivers receivers(Collection<String> addresses);

  /** Makes an inbox, and with the first one its account, in one transaction. */
  Creation create(NewInbox wanted);

  /** Which of these local parts nobody has or ever had, in their order. */
  List<String> free(List<String> usernames, String domain);

  /** Changes what the owner set; empty where the inbox is gone. */
  Optional<Inbox> update(String inboxId, UnaryOperator<Inbox> change);

  /**
   * Takes an inbox away at once: no mail, no key, no place. Empty where it is gone already. What
   * lies in it is for {@code jobs}.
   *
   * @param also adds what has to be true with it to the transaction
   */
  Optional<Inbox> delete(String inboxId, Instant now, Consumer<UnitOfWork> also);

  /** The inboxes of an account in the order they were made, after {@code place}. */
  Page list(String accountId, String afterPlace, int most);

  /** The inbox that a client_id has made, where it was made and not deleted. */
  Optional<Inbox> findByClientId(String accountId, String clientId);

  /** What has happened to an inbox. */
  InboxCounters counters(String inboxId);

  /**
   * Whose mail comes to some addresses.
   *
   * @param inboxes by address; addresses that are nobody's are left out
   * @param accounts of these inboxes, by id
   */
  record Receivers(Map<String, Inbox> inboxes, Map<String, Account> accounts) {
    public Receivers {
      inboxes = Map.copyOf(inboxes);
      accounts = Map.copyOf(accounts);
    }
  }

  /**
   * A part of the list.
   *
   * @param next the place behind which there may be more
   */
  record Page(List<Row> rows, Optional<String> next) {}

  /**
   * A line of the list.
   *
   * @param place where it stands, for a cursor
   */
  record Row(Inbox inbox, InboxCounters counters, String place) {}

  /**
   * What is to be made.
   *
   * @param newAccount the account to be made with it; empty where it joins {@code
   *     inbox.accountId()}
   * @param most live inboxes that the account may have
   * @param fingerprint of the request, kept with the client_id
   * @param allowance how many inboxes the asker's network may still make
   * @param also adds what has to be true with it to the transaction
   */
  record NewInbox(
      Inbox inbox,
      Optional<Account> newAccount,
      List<IssuedKey> keys,
      OptionalInt most,
      Map<String, String> fingerprint,
      Optional<Allowance> allowance,
      Consumer<UnitOfWork> also) {
    public NewInbox {
      keys = List.copyOf(keys);
      fingerprint = Map.copyOf(fingerprint);
    }

    /** An inbox that the platform makes, with its account: no limit is asked. */
    public static NewInbox unlimited(Inbox inbox, Optional<Account> account, List<IssuedKey> keys) {
      return new NewInbox(
          inbox, account, keys, OptionalInt.empty(), Map.of(), Optional.empty(), _ -> {});
    }
  }

  /**
   * At most {@code most} inboxes within {@code window} from one network.
   *
   * @param network the source address, or the network that stands for it
   */
  record Allowance(String network, int most, Duration window) {}

  /** What came of a creation. */
  sealed interface Creation {
    /** It is made. */
    record Created() implements Creation {}

    /** This client_id has made it before; {@code fingerprint} is of that request. */
    record Known(Inbox inbox, Map<String, String> fingerprint) implements Creation {}

    /** This client_id made an inbox that was deleted. */
    record Retired() implements Creation {}

    /** Another inbox has the address, or another account once had it. */
    record Taken() implements Creation {}

    /** The account has all the inboxes that it may have. */
    record Full(int inboxes) implements Creation {}

    /** The network has made its inboxes; the first of them at {@code first}. */
    record TooMany(int made, Instant first) implements Creation {}
  }
}
