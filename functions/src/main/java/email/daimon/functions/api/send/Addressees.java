package email.daimon.functions.api.send;

import email.daimon.compose.Mailbox;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Whom a mail goes to, each once: who stands in an earlier list is left out of the later ones. */
record Addressees(List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc) {
  static final Addressees NOBODY = new Addressees(List.of(), List.of(), List.of());

  Addressees {
    Set<String> known = new HashSet<>();
    to = to.stream().filter(one -> known.add(one.key())).toList();
    cc = cc.stream().filter(one -> known.add(one.key())).toList();
    bcc = bcc.stream().filter(one -> known.add(one.key())).toList();
  }

  int count() {
    return to.size() + cc.size() + bcc.size();
  }

  /** All of them, open. */
  List<SendRecipient> recipients(Instant at) {
    List<SendRecipient> all = new ArrayList<>();
    to.forEach(one -> all.add(open(one, Kind.TO, at)));
    cc.forEach(one -> all.add(open(one, Kind.CC, at)));
    bcc.forEach(one -> all.add(open(one, Kind.BCC, at)));
    return all;
  }

  /** Their addresses in lower case, as suppressions have them. */
  List<String> keys() {
    return Stream.of(to, cc, bcc)
        .flatMap(List::stream)
        .map(one -> one.address().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static SendRecipient open(Mailbox one, Kind kind, Instant at) {
    return SendRecipient.open(one.address(), one.name(), kind, at);
  }
}
