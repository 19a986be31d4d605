package email.daimon.functions.admin;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import java.util.List;

/** Finds the command that words mean, and carries it out. */
public final class Administration {
  /** Every command, as help and as the answer to a wrong one. */
  public static final String USAGE =
      """
      account list [AFTER]                accounts by id, a hundred at a time
      account show ACCOUNT                limits, billing, keys
      account set-tier ACCOUNT TIER       free, developer, growth or enterprise; nothing is charged
      account suspend ACCOUNT             the API refuses its keys; its mail is still received
      account resume ACCOUNT              lifts a suspension or a review
      account rotate-key ACCOUNT [KEY]    a new account key; all others, or KEY alone, are revoked
      account spread ACCOUNT PARTITIONS   its thread feed and events over 2 to 64 partitions, for a load to come
      replan SINCE [UNTIL]                plans again what webhooks are told of events, by times
      mail unprocessed                    received mails that lie in S3 for over an hour and were never handled
      inbox                               a new key for the inbox of postmaster and other reserved names

      ACCOUNT is acc_…, inbox_… or the address of one of its inboxes.
      """;

  private final AccountCommands accounts;
  private final OperatorInboxCommand inbox;
  private final ReplanCommand replan;
  private final MailCommands mail;

  public Administration(Wiring wiring) {
    requireNonNull(wiring, "wiring is null");
    this.accounts = new AccountCommands(wiring);
    this.inbox = new OperatorInboxCommand(wiring);
    this.replan = new ReplanCommand(wiring);
    this.mail = new MailCommands(wiring);
  }

  /**
   * Carries out a command.
   *
   * @throws AdminException where there is no such command or account, or it cannot be done
   */
  public Report run(List<String> words) {
    if (!words.isEmpty() && words.getFirst().equals("replan")) {
      List<String> times = words.subList(1, words.size());
      needs("replan", times, 1, 2);
      return replan.replan(times.getFirst(), times.size() == 2 ? times.getLast() : "");
    }
    String command = String.join(" ", words.subList(0, Math.min(2, words.size())));
    List<String> rest = words.subList(Math.min(2, words.size()), words.size());
    return switch (command) {
      case "account list" -> accounts.list(rest.isEmpty() ? "" : only(command, rest));
      case "account show" -> accounts.show(only(command, rest));
      case "account suspend" -> accounts.suspend(only(command, rest));
      case "account resume" -> accounts.resume(only(command, rest));
      case "account set-tier" -> {
        needs(command, rest, 2, 2);
        yield accounts.setTier(rest.getFirst(), rest.getLast());
      }
      case "account spread" -> {
        needs(command, rest, 2, 2);
        yield accounts.spread(rest.getFirst(), rest.getLast());
      }
      case "account rotate-key" -> {
        needs(command, rest, 1, 2);
        yield rest.size() == 1
            ? accounts.rotateKeys(rest.getFirst())
            : accounts.rotateKey(rest.getFirst(), rest.getLast());
      }
      case "mail unprocessed" -> {
        needs(command, rest, 0, 0);
        yield mail.unprocessed();
      }
      case "inbox" -> inbox.newKey();
      default ->
          throw new AdminException(
              command.isEmpty()
                  ? "no command is given: see --help"
                  : "no command %s: see --help".formatted(command));
    };
  }

  private static String only(String command, List<String> rest) {
    needs(command, rest, 1, 1);
    return rest.getFirst();
  }

  private static void needs(String command, List<String> rest, int least, int most) {
    if (rest.size() < least || rest.size() > most) {
      throw new AdminException("%s is not called so: see --help".formatted(command));
    }
  }
}
