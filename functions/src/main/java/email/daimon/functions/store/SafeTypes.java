package email.daimon.functions.store;

import java.util.Set;

/**
 * Types under which an attachment may be handed out: those that no browser runs. Everything else,
 * HTML, SVG and XML with it, is bytes.
 */
final class SafeTypes {
  private static final Set<String> SAFE =
      Set.of(
          "application/gzip",
          "application/json",
          "application/msword",
          "application/pdf",
          "application/rtf",
          "application/vnd.ms-excel",
          "application/vnd.ms-powerpoint",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/zip",
          "audio/mpeg",
          "audio/ogg",
          "audio/wav",
          "image/bmp",
          "image/gif",
          "image/jpeg",
          "image/png",
          "image/tiff",
          "image/webp",
          "message/rfc822",
          "text/calendar",
          "text/csv",
          "text/plain",
          "text/vcard",
          "video/mp4",
          "video/mpeg",
          "video/quicktime");

  private SafeTypes() {}

  static String of(String contentType) {
    return SAFE.contains(contentType) ? contentType : "application/octet-stream";
  }
}
