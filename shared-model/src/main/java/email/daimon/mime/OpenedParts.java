package email.daimon.mime;

import email.daimon.mime.tnef.Tnef;
import email.daimon.mime.tnef.TnefContent;
import email.daimon.mime.tnef.TnefFile;
import email.daimon.model.CalendarEvent;
import email.daimon.model.Protection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;

/**
 * Reads what some attachments hold, of each a bounded copy of its bytes: calendars, {@code
 * winmail.dat}, the kind of an S/MIME container, what a mail within the mail is about.
 */
final class OpenedParts {
  private final boolean opens;
  private final Warnings warnings;
  private Optional<CalendarReader> calendars = Optional.empty();
  private final ProtectionSigns protection = new ProtectionSigns();
  private final Queue<Inner> waiting = new ArrayDeque<>(1);
  private Optional<TnefContent> outlook = Optional.empty();
  private int summaries;
  private int texts;

  /** What the bytes of an attachment are kept for. */
  enum Use {
    MAIL,
    CALENDAR,
    OUTLOOK,
    CONTAINER,
    TEXT
  }

  /**
   * An attachment that is being kept.
   *
   * @param depth streams of Outlook that it lies in
   */
  record Kept(Use use, PartHeader header, AttachmentHead head, int depth, BoundedBytes bytes) {}

  /** A file within an attachment, not handed out yet. */
  static final class Inner {
    final TnefFile file;

    /** Of the whole attachment. */
    final byte[] bytes;

    /** The name of the attachment. */
    final String container;

    /** Streams of Outlook that it lies in. */
    final int depth;

    Inner(TnefFile file, byte[] bytes, String container, int depth) {
      this.file = file;
      this.bytes = bytes;
      this.container = container;
      this.depth = depth;
    }
  }

  /**
   * Opens parts of a mail.
   *
   * @param opens false where attachments are left closed
   */
  OpenedParts(boolean opens, Warnings warnings) {
    this.opens = opens;
    this.warnings = warnings;
  }

  List<CalendarEvent> calendar() {
    return calendars.map(CalendarReader::events).orElse(List.of());
  }

  /** What the mail is protected by, its text looked at where no part says so. */
  Protection protection(Optional<String> text) {
    Protection found = protection.found();
    found = found == Protection.NONE ? text.map(InlinePgp::protection).orElse(found) : found;
    switch (found) {
      case SMIME_ENCRYPTED, PGP_ENCRYPTED, PGP_INLINE_ENCRYPTED ->
          warnings.raise(Warning.ENCRYPTED);
      case SMIME_SIGNED, SMIME_COMPRESSED -> {
        if (!protection.signedAside()) {
          warnings.raise(Warning.CONTAINER_NOT_OPENED);
        }
      }
      case NONE, PGP_SIGNED, PGP_INLINE_SIGNED -> {}
    }
    return found;
  }

  /** The texts that Outlook packed, where there are any. */
  Optional<TnefContent> outlook() {
    return outlook;
  }

  void see(PartHeader header) {
    protection.see(header);
  }

  /**
   * What is to be kept of an attachment.
   *
   * @param whole whether it is all there is of the mail
   */
  Optional<Kept> keep(PartHeader header, AttachmentHead head, int depth, boolean whole) {
    if (!opens) {
      return Optional.empty();
    }
    String type = head.contentType();
    if (type.equals("message/rfc822") || type.equals("message/global")) {
      return Optional.of(kept(Use.MAIL, header, head, depth, Bounds.FIELD));
    }
    if (type.startsWith("image/")) {
      return Optional.empty();
    }
    String name = head.declaredName().orElse("").toLowerCase(Locale.ROOT);
    if (isCalendar(type, name)) {
      return Optional.of(kept(Use.CALENDAR, header, head, depth, CalendarReader.LONGEST));
    }
    if (isOutlook(type, name) && depth < Bounds.OUTLOOK_DEPTH) {
      return Optional.of(kept(Use.OUTLOOK, header, head, depth, Bounds.OUTLOOK));
    }
    if (ProtectionSigns.isContainer(type, name, whole)) {
      return Optional.of(kept(Use.CONTAINER, header, head, depth, ProtectionSigns.BEGINNING));
    }
    return AttachedText.isOne(type, name) && ++texts <= AttachedText.MOST
        ? Optional.of(kept(Use.TEXT, header, head, depth, AttachedText.LONGEST))
        : Optional.empty();
  }

  private static Kept kept(Use use, PartHeader header, AttachmentHead head, int depth, int bound) {
    return new Kept(use, header, head, depth, new BoundedBytes(bound));
  }

  private static boolean isCalendar(String type, String name) {
    return switch (type) {
      case "text/calendar", "application/ics", "text/x-vcalendar", "text/ics", "text/ical" -> true;
      case "application/octet-stream", "text/plain" -> name.endsWith(".ics");
      default -> false;
    };
  }

  private static boolean isOutlook(String type, String name) {
    return type.equals("application/ms-tnef")
        || type.equals("application/vnd.ms-tnef")
        || (type.equals("application/octet-stream")
            && (name.equals("winmail.dat") || name.equals("win.dat")));
  }

  /** Reads what was kept, now that it is whole. Of a mail, what it is about. */
  Optional<ForwardedSummary> end(Kept kept) throws IOException {
    byte[] bytes = kept.bytes().bytes();
    int length = kept.bytes().length();
    switch (kept.use()) {
      case MAIL -> {
        return Optional.of(
            MailParser.summary(
                new ByteArrayInputStream(bytes, 0, length), ++summaries <= Bounds.FORWARDED_TEXTS));
      }
      case CALENDAR -> {
        CalendarReader reader = calendars.orElseGet(CalendarReader::new);
        calendars = Optional.of(reader);
        reader.read(bytes, length, kept.header().charset(), kept.header().method());
      }
      case OUTLOOK -> outlook(kept, bytes, length);
      case CONTAINER -> protection.container(kept.header().smimeType(), bytes, length);
      case TEXT -> {}
    }
    return Optional.empty();
  }

  /** The words of what was kept, where it is a text. */
  Optional<String> words(Kept kept) {
    if (kept.use() != Use.TEXT && kept.use() != Use.CALENDAR) {
      return Optional.empty();
    }
    return Optional.of(
        AttachedText.of(kept.bytes().bytes(), kept.bytes().length(), kept.header().charset()));
  }

  private void outlook(Kept kept, byte[] bytes, int length) {
    if (kept.bytes().wasCut()) {
      warnings.raise(Warning.OUTLOOK_TOO_LARGE);
    }
    Tnef.read(bytes, 0, length, OpenedParts::decode)
        .ifPresent(content -> {
          outlook = outlook.or(() -> Optional.of(content));
          String container = kept.head().filename();
          for (TnefFile file : content.files()) {
            waiting.add(new Inner(file, bytes, container, kept.depth() + 1));
          }
        });
  }

  private static String decode(byte[] bytes, int offset, int length, int codePage) {
    Optional<String> name = Optional.of(Charsets.ofCodePage(codePage)).filter(it -> !it.isEmpty());
    return TextDecoder.decode(bytes, offset, length, name, TextDecoder.Kind.TEXT).text();
  }

  /** The next file within an attachment, each once. */
  Optional<Inner> nextInner() {
    return Optional.ofNullable(waiting.poll());
  }
}
