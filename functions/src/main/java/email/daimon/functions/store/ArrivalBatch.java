package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Stored.Outcome;
import email.daimon.functions.store.Transactions.Attempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Mails that came together and are stored together: read in one batch, decided on one after the
 * other as if those before were stored, committed in as few transactions as hold them. What does
 * not fit, or does not work at the first try, is left to be stored by itself.
 */
final class ArrivalBatch {
  private final Map<String, List<Arrival>> byInbox = new LinkedHashMap<>();
  private final Map<String, Stored> stored = new HashMap<>();

  /** How a mail is decided on. */
  @FunctionalInterface
  interface Decision {
    Attempt<Stored> on(Arrival arrival, InboxState state);
  }

  /** The mails of one inbox that one transaction is to hold. */
  private record Group(UnitOfWork work, Map<String, Stored> outcomes) {}

  // Which of two mails of one Message-ID repeats the other is seen once the first is stored.
  ArrivalBatch(List<Arrival> arrivals) {
    Set<List<String>> seen = new HashSet<>();
    for (Arrival arrival : arrivals) {
      if (seen.add(List.of(arrival.inboxId(), arrival.canonicalId()))) {
        byInbox.computeIfAbsent(arrival.inboxId(), _ -> new ArrayList<>()).add(arrival);
      }
    }
  }

  Set<String> inboxIds() {
    return byInbox.keySet();
  }

  List<Arrival> arrivals() {
    return byInbox.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Decides and commits.
   *
   * @param view as just read
   * @param isNew whether a mail is one that objects are to be written of
   */
  Map<String, Stored> store(
      View view,
      Predicate<Arrival> isNew,
      UnaryOperator<List<Arrival>> objects,
      Decision decision,
      Transactions transactions) {
    Set<String> written = new HashSet<>();
    objects
        .apply(arrivals().stream().filter(isNew).toList())
        .forEach(arrival -> written.add(arrival.message().id()));
    List<Group> groups = new ArrayList<>();
    byInbox.values().forEach(mails -> groups.add(decide(mails, view, written, decision)));
    commit(groups, requireNonNull(transactions, "transactions is null"));
    return Map.copyOf(stored);
  }

  private static Group decide(
      List<Arrival> mails, View view, Set<String> written, Decision decision) {
    Group group = new Group(new UnitOfWork(), new HashMap<>());
    for (Arrival arrival : mails) {
      String id = arrival.message().id();
      switch (decision.on(arrival, InboxState.of(view, arrival))) {
        case Attempt.Done<Stored>(Stored outcome) -> group.outcomes.put(id, outcome);
        case Attempt.Write<Stored>(UnitOfWork work, Stored outcome) -> {
          boolean complete = outcome.outcome() != Outcome.STORED || written.contains(id);
          if (complete && group.work.join(work)) {
            view.apply(work);
            group.outcomes.put(id, outcome);
          }
        }
      }
    }
    return group;
  }

  private void commit(List<Group> groups, Transactions transactions) {
    List<Group> together = new ArrayList<>();
    int actions = 0;
    for (Group group : groups) {
      if (actions + group.work.size() > UnitOfWork.MOST) {
        commitOne(together, transactions);
        together.clear();
        actions = 0;
      }
      together.add(group);
      actions += group.work.size();
    }
    commitOne(together, transactions);
  }

  private void commitOne(List<Group> groups, Transactions transactions) {
    List<UnitOfWork> works =
        groups.stream().map(Group::work).filter(work -> work.size() > 0).toList();
    if (works.isEmpty() || transactions.together(works)) {
      groups.forEach(group -> stored.putAll(group.outcomes));
    }
  }
}
