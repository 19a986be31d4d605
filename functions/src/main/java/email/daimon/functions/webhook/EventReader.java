package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.Event;
import email.daimon.wire.EventJson;
import java.net.URI;
import java.util.Optional;

/** Makes the body of an event from what is stored, read strongly. */
public final class EventReader {
  private final Documents documents;
  private final URI publicUrl;

  EventReader(Documents documents, URI publicUrl) {
    this.documents = requireNonNull(documents, "documents is null");
    this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
  }

  /** As the functions have it. */
  public static EventReader of(Wiring wiring) {
    return new EventReader(wiring.documents(), wiring.settings().publicUrl());
  }

  /** The body of an event, as it is kept. */
  public byte[] body(Event event) {
    return EventJson.body(event, subject(event), publicUrl);
  }

  // A message that was deleted meanwhile is not sent out any more.
  private Optional<EventJson.Subject> subject(Event event) {
    if (event.inboxId().isEmpty() || event.message().isEmpty()) {
      return Optional.empty();
    }
    return documents
        .find(event.inboxId().get(), event.message().get())
        .filter(found -> found.message().deletedAt().isEmpty())
        .map(found -> {
          StoredDocument stored =
              EventJson.showsTexts(event.type())
                  ? documents.document(found)
                  : StoredDocument.NOTHING;
          return new EventJson.Subject(
              stored.complete(found.message()), stored.document(), stored.truncated());
        });
  }
}
