package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.MailCode;
import email.daimon.model.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A mail that holds codes, and who has consumed which of them.
 *
 * @param consumed one for each code of the mail, in their order
 */
public record CodeMail(Message message, List<Optional<Consumed>> consumed) {
  public CodeMail {
    requireNonNull(message, "message is null");
    consumed = List.copyOf(consumed);
  }

  /** Who has consumed a code, and when. */
  public record Consumed(String consumer, Instant at) {}

  /** One of the codes of a mail. */
  public record Code(CodeMail mail, int position) {
    /** The id by which it is consumed. */
    public String id() {
      return code().id(mail.message.id(), position);
    }

    public MailCode code() {
      return mail.message.insights().codes().get(position);
    }

    public Optional<Consumed> consumed() {
      return mail.consumed.get(position);
    }

    /** Whether somebody else has consumed it. */
    public boolean anothers(Optional<String> consumer) {
      return consumed().filter(by -> !consumer.equals(Optional.of(by.consumer()))).isPresent();
    }
  }

  /** All its codes, best first. */
  public List<Code> codes() {
    return IntStream.range(0, message.insights().codes().size())
        .mapToObj(position -> new Code(this, position))
        .toList();
  }

  /** The same mail after one of its codes was consumed. */
  CodeMail with(int position, Consumed by) {
    List<Optional<Consumed>> next =
        IntStream.range(0, consumed.size())
            .mapToObj(i -> i == position ? Optional.of(by) : consumed.get(i))
            .toList();
    return new CodeMail(message, next);
  }
}
