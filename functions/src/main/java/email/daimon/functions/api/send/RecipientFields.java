package email.daimon.functions.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.DaimonException;
import email.daimon.compose.ComposeLimits;
import email.daimon.compose.InvalidMailboxException;
import email.daimon.compose.Mailbox;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads recipients: a string with one mailbox, an object with {@code email} and {@code name}, or an
 * array of these.
 */
final class RecipientFields {
  private static final Set<String> MEMBERS = Set.of("email", "address", "name");
  private final Fields body;

  RecipientFields(Fields body) {
    this.body = body;
  }

  /** {@code to}, {@code cc} and {@code bcc}. */
  Addressees addressees() {
    return new Addressees(read("to"), read("cc"), read("bcc"));
  }

  /** Says so where there are more than one mail may have. */
  static void bound(Fields body, Addressees all) {
    if (all.count() > ComposeLimits.RECIPIENTS) {
      body.problem(
          "to",
          "and cc and bcc name "
              + all.count()
              + " recipients; one mail has at most "
              + ComposeLimits.RECIPIENTS);
    }
  }

  /** The mailboxes of one field. */
  List<Mailbox> read(String name) {
    List<Mailbox> found = new ArrayList<>();
    Optional<JsonNode> value = body.any(name);
    if (value.isPresent() && value.get().isArray()) {
      for (int i = 0; i < value.get().size(); i++) {
        one(name + "[" + i + "]", value.get().get(i)).ifPresent(found::add);
      }
    } else {
      value.flatMap(single -> one(name, single)).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Mailbox> one(String path, JsonNode value) {
    if (value.isTextual()) {
      return checked(path, () -> Mailbox.parse(value.textValue()));
    }
    JsonNode address = value.has("email") ? value.path("email") : value.path("address");
    JsonNode name = value.path("name");
    boolean formed =
        value.isObject()
            && address.isTextual()
            && (name.isTextual() || name.isNull() || name.isMissingNode())
            && value.propertyStream().allMatch(member -> MEMBERS.contains(member.getKey()));
    if (!formed) {
      body.problem(path, "is an address, or an object with email and name");
      return Optional.empty();
    }
    return checked(path, () -> Mailbox.of(address.textValue(), name.asText("")));
  }

  private Optional<Mailbox> checked(String path, Supplier<Mailbox> mailbox) {
    try {
      return Optional.of(mailbox.get());
    } catch (InvalidMailboxException e) {
      if (e.kind() == InvalidMailboxException.Kind.NEEDS_SMTPUTF8) {
        throw needsSmtpUtf8(path, e);
      }
      body.problem(path, words(e));
      return Optional.empty();
    }
  }

  /** The 400 of a local part that no 7-bit hop takes. */
  static ApiException needsSmtpUtf8(String path, InvalidMailboxException reason) {
    return new ApiException(
        ErrorCode.RECIPIENT_NEEDS_SMTPUTF8,
        path + ": " + reason.getMessage(),
        "Leave this recipient out, or write to another address of theirs.");
  }

  /** What an exception says, as the end of a sentence. */
  static String words(DaimonException e) {
    String message = String.valueOf(e.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
