package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A file that is put up before the mail that takes it.
 *
 * @param id {@code upl_…}
 * @param size in bytes, as announced
 * @param sha256 lower-case hex, as announced
 * @param expiresAt until when mails may take it
 */
public record Upload(
    String id,
    String inboxId,
    String filename,
    String contentType,
    long size,
    String sha256,
    Instant expiresAt) {
  public Upload {
    requireNonNull(id, "id is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(filename, "filename is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }
}
