package email.daimon.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who gets a mail, each recipient once ({@link Mailbox#key}): whoever is in To is not in Cc,
 * whoever is in either not in Bcc.
 */
public record Recipients(List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc) {
  public Recipients {
    Set<String> seen = new HashSet<>();
    to = to.stream().filter(mailbox -> seen.add(mailbox.key())).toList();
    cc = cc.stream().filter(mailbox -> seen.add(mailbox.key())).toList();
    bcc = bcc.stream().filter(mailbox -> seen.add(mailbox.key())).toList();
  }

  /** To, Cc, Bcc: at most {@link ComposeLimits#RECIPIENTS} of them in one mail. */
  public List<Mailbox> all() {
    List<Mailbox> all = new ArrayList<>(to);
    all.addAll(cc);
    all.addAll(bcc);
    return List.copyOf(all);
  }
}
