package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.mime.SafeFileNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a mail that is sent.
 *
 * @param filename made safe ({@link SafeFileNames}), never empty
 * @param contentType as given; what is no type, and composite types other than message/rfc822, are
 *     sent as application/octet-stream
 * @param size exact number of bytes that {@code source} gives
 * @param contentId without brackets; what can be none ({@link #isContentId}) is left out
 * @param inline whether it is shown within the HTML, which names it by {@code cid:}
 * @param invitation whether a text/calendar with a method stands as an alternative of the text too,
 *     so that the recipient's client can answer it
 * @param source its bytes; opened up to three times while a mail is composed
 */
public record OutgoingFile(
    String filename,
    String contentType,
    long size,
    Optional<String> contentId,
    boolean inline,
    boolean invitation,
    Source source) {
  private static final Pattern CONTENT_ID = Pattern.compile("[!-~&&[^<>\"\\\\(),;:\\[\\]]]{1,200}");

  /** Gives the bytes of a file, from the first on at each call. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  public OutgoingFile {
    filename = new SafeFileNames().next(Optional.of(filename), contentType, 0);
    requireNonNull(contentType, "contentType is null");
    contentId = contentId.filter(OutgoingFile::isContentId);
    requireNonNull(source, "source is null");
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  /** A file as its sender asked for it; a calendar with a method is an invitation. */
  public static OutgoingFile asked(
      String filename,
      String contentType,
      long size,
      Optional<String> contentId,
      boolean inline,
      Source source) {
    return new OutgoingFile(filename, contentType, size, contentId, inline, true, source);
  }

  /** A file beside the text; a calendar with a method is an invitation. */
  public static OutgoingFile attached(
      String filename, String contentType, long size, Source source) {
    return asked(filename, contentType, size, Optional.empty(), false, source);
  }

  /** A file beside the text and no more, as those of a forwarded mail are. */
  public static OutgoingFile plain(String filename, String contentType, long size, Source source) {
    return new OutgoingFile(filename, contentType, size, Optional.empty(), false, false, source);
  }

  /** A picture of the HTML, which names it {@code cid:} and the id. */
  public static OutgoingFile inline(
      String filename, String contentType, String contentId, long size, Source source) {
    return new OutgoingFile(
        filename, contentType, size, Optional.of(contentId), true, false, source);
  }

  /** Whether a string, without brackets, can be a Content-ID (RFC 2045, 7). */
  public static boolean isContentId(String id) {
    return CONTENT_ID.matcher(id).matches();
  }

  ContentType type() {
    return ContentType.ofFile(contentType);
  }
}
