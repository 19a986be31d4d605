package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.ComposeLimits;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.MessageResource;
import email.daimon.functions.api.ThreadResource;
import email.daimon.functions.api.send.Conversation.Parent;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.Draft;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.MessageIdIndex;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.Waiting;
import email.daimon.model.Direction;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.policy.Answers;
import email.daimon.policy.MessageFilter;
import email.daimon.thread.MessageIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Finds what a mail goes on from: its thread, its parent, the ids before it (rules 4.2, 4.4). */
final class Conversations {
  private static final int READ = 100;
  private final Mailbox mailbox;
  private final MessageLists lists;
  private final Documents documents;
  private final MessageIdIndex ids;

  Conversations(Mailbox mailbox, MessageLists lists, Documents documents, MessageIdIndex ids) {
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.documents = requireNonNull(documents, "documents is null");
    this.ids = requireNonNull(ids, "ids is null");
  }

  /** Of an answer to a message. */
  Conversation answering(Documents.Found found) {
    Parent parent = parent(found);
    return of(found.message().threadId(), Optional.of(parent), List.of());
  }

  /** Of a mail that says {@code thread_id}, {@code in_reply_to} or {@code references}, or none. */
  Conversation of(Fields body, String inboxId) {
    Optional<String> threadId = body.id("thread_id");
    Optional<String> inReplyTo = body.text("in_reply_to");
    List<String> references = references(body);
    if (inReplyTo.isPresent()) {
      return answering(body, inboxId, threadId, inReplyTo.get(), references);
    }
    if (threadId.isEmpty()) {
      return new Conversation(
          Optional.empty(), Optional.empty(), Optional.empty(), references, false);
    }
    MailThread thread = thread(inboxId, threadId.get());
    List<Message> messages = messages(inboxId, thread.id());
    Optional<Parent> parent =
        parentAmong(messages).flatMap(one -> documents.find(inboxId, one.id())).map(this::parent);
    boolean automatic = !messages.isEmpty() && messages.stream().allMatch(Conversations::automatic);
    return of(thread.id(), parent, references, messages, automatic);
  }

  private Conversation answering(
      Fields body,
      String inboxId,
      Optional<String> threadId,
      String inReplyTo,
      List<String> references) {
    Optional<Named> read = named(body, inboxId, inReplyTo);
    if (read.isEmpty()) {
      return Conversation.NEW;
    }
    Named named = read.get();
    Optional<String> its = alive(inboxId, named.threadId);
    Optional<String> wanted = threadId.map(id -> thread(inboxId, id).id());
    if (wanted.isPresent() && its.isPresent() && !wanted.equals(its)) {
      body.problem("thread_id", "is another thread than that of in_reply_to");
    }
    Optional<String> thread = wanted.or(() -> its);
    Optional<Parent> parent = named.found.map(this::parent);
    if (parent.isPresent() && thread.isPresent()) {
      return of(thread.get(), parent, references);
    }
    List<String> chain = new ArrayList<>(references);
    named.header.ifPresent(chain::add);
    boolean automatic = parent.map(Parent::message).filter(Conversations::automatic).isPresent();
    return new Conversation(thread, parent, named.header, chain, automatic);
  }

  /** What {@code in_reply_to} names. */
  private record Named(
      Optional<Documents.Found> found, Optional<String> threadId, Optional<String> header) {}

  private Optional<Named> named(Fields body, String inboxId, String inReplyTo) {
    if (inReplyTo.startsWith("msg_")) {
      Documents.Found found =
          documents.find(inboxId, inReplyTo).orElseThrow(MessageResource::noMessage);
      return Optional.of(
          new Named(Optional.of(found), Optional.of(found.message().threadId()), Optional.empty()));
    }
    List<String> all = MessageIds.all(inReplyTo);
    if (all.size() != 1 || LetterFields.hasControl(inReplyTo)) {
      body.problem("in_reply_to", "is one Message-ID, with or without brackets, or a msg_ id");
      return Optional.empty();
    }
    Optional<MessageIdIndex.Place> place = ids.find(inboxId, all.getFirst());
    Optional<Documents.Found> found =
        place
            .flatMap(MessageIdIndex.Place::message)
            .flatMap(key -> documents.find(inboxId, key.id()));
    return Optional.of(
        new Named(
            found,
            found
                .map(one -> one.message().threadId())
                .or(() -> place.map(MessageIdIndex.Place::threadId)),
            Optional.of("<" + all.getFirst() + ">")));
  }

  private Optional<String> alive(String inboxId, Optional<String> threadId) {
    return threadId
        .flatMap(id -> mailbox.thread(inboxId, id))
        .filter(head -> head.deletedAt().isEmpty())
        .map(MailThread::id);
  }

  /** The thread, surviving and not deleted; else 404. */
  private MailThread thread(String inboxId, String threadId) {
    return mailbox
        .thread(inboxId, threadId)
        .filter(head -> head.deletedAt().isEmpty())
        .orElseThrow(ThreadResource::noThread);
  }

  private Conversation of(String threadId, Optional<Parent> parent, List<String> references) {
    String inboxId = parent.orElseThrow().message().inboxId();
    List<Message> messages = messages(inboxId, threadId);
    return of(threadId, parent, references, messages, automatic(parent.get().message()));
  }

  private static Conversation of(
      String threadId,
      Optional<Parent> parent,
      List<String> references,
      List<Message> messages,
      boolean automatic) {
    Optional<String> last = parent.map(Parent::message).flatMap(Conversations::onTheWire);
    SequencedMap<String, String> chain = new LinkedHashMap<>();
    references.forEach(id -> put(chain, id));
    parent.ifPresent(known -> known.document().references().forEach(id -> put(chain, id)));
    parent.ifPresent(known -> known.document().inReplyTo().forEach(id -> put(chain, id)));
    messages.reversed().forEach(one -> onTheWire(one).ifPresent(id -> put(chain, id)));
    last.ifPresent(id -> {
      chain.remove(MessageIds.canonical(id));
      put(chain, id);
    });
    List<String> all = List.copyOf(chain.values());
    int from = Math.max(0, all.size() - ComposeLimits.REFERENCES);
    return new Conversation(
        Optional.of(threadId), parent, last, all.subList(from, all.size()), automatic);
  }

  /** Whether what a draft waits for is in a thread. */
  boolean answered(Draft draft, Waiting waiting, String threadId) {
    return messages(draft.inboxId(), threadId).stream()
        .filter(one -> one.storedAt().isAfter(waiting.since()))
        .anyMatch(one -> Answers.is(one, waiting.unless(), waiting.from()));
  }

  private static void put(Map<String, String> chain, String id) {
    chain.putIfAbsent(MessageIds.canonical(id), id);
  }

  /** The Message-ID that others have seen; one that was made up here is no such. */
  private static Optional<String> onTheWire(Message message) {
    if (message.direction() == Direction.OUTBOUND) {
      return message.outgoing().flatMap(Outgoing::messageIdHeader);
    }
    return Optional.of(message.messageId())
        .filter(id -> !MessageIds.canonical(id).startsWith("made-up."));
  }

  // Newest first: the newest that came in and that no machine sent, else our newest.
  private static Optional<Message> parentAmong(List<Message> messages) {
    Optional<Message> received =
        messages.stream()
            .filter(one -> one.direction() == Direction.INBOUND && !one.automatic())
            .findFirst();
    return received
        .or(() ->
            messages.stream()
                .filter(one -> one.direction() == Direction.OUTBOUND)
                .filter(one -> onTheWire(one).isPresent())
                .findFirst())
        .or(() -> messages.stream().findFirst());
  }

  private static boolean automatic(Message message) {
    return message.direction() == Direction.INBOUND
        ? message.automatic()
        : message.outgoing().filter(way -> way.sender().answersAutomatic()).isPresent();
  }

  /** The newest messages of a thread, newest first. */
  private List<Message> messages(String inboxId, String threadId) {
    MessageFilter filter = MessageFilter.ofThread(threadId, false);
    return lists
        .page(new MessageLists.Request(inboxId, filter, Span.ALL, false, 0, READ, false))
        .rows()
        .stream()
        .map(MessagePage.Row::message)
        .toList();
  }

  private Parent parent(Documents.Found found) {
    return new Parent(found.message(), documents.document(found).document());
  }

  private static List<String> references(Fields body) {
    List<String> given = body.texts("references").orElse(List.of());
    List<String> kept = new ArrayList<>();
    for (String one : given) {
      List<String> all = MessageIds.all(one);
      if (LetterFields.hasControl(one) || all.size() != 1) {
        body.problem("references", "are Message-IDs, one a string");
        break;
      }
      kept.add("<" + all.getFirst() + ">");
    }
    return kept;
  }
}
