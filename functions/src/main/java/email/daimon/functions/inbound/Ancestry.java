package email.daimon.functions.inbound;

import email.daimon.mime.Mail;
import email.daimon.thread.MessageIds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ids by which the thread of a mail is found, all in their canonical form.
 *
 * @param sought in the order in which they are looked for: what a report returns, In-Reply-To, then
 *     References from last to first
 * @param claimed the parents and the first and last References: the ids that are given a pointer to
 *     the mail's thread, as many as one transaction takes
 */
record Ancestry(List<String> sought, List<String> claimed) {
  private static final int PARENTS = 10;
  private static final int CLAIMED = 61;
  private static final int FIRST = 10;

  /**
   * Of a mail.
   *
   * @param returned the id of the mail whose delivery it reports, a parent as any other
   */
  static Ancestry of(Mail mail, Optional<String> returned) {
    List<String> parents =
        canonical(
            Stream.concat(returned.stream(), mail.inReplyTo().stream()).limit(PARENTS).toList());
    List<String> references = canonical(mail.references());
    Set<String> sought = new LinkedHashSet<>(parents);
    sought.addAll(references.reversed());
    Set<String> claimed = new LinkedHashSet<>(parents);
    int room = CLAIMED - parents.size();
    if (references.size() <= room) {
      claimed.addAll(references);
    } else {
      claimed.addAll(references.subList(0, FIRST));
      int last = references.size() - (room - FIRST);
      claimed.addAll(references.subList(last, references.size()));
    }
    return new Ancestry(List.copyOf(sought), List.copyOf(claimed));
  }

  private static List<String> canonical(List<String> ids) {
    return new ArrayList<>(ids.stream().map(MessageIds::canonical).distinct().toList());
  }
}
