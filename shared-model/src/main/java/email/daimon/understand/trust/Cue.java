package email.daimon.understand.trust;

import email.daimon.DataFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Kinds of words by which an instruction to a machine is known, each with its file. */
enum Cue {
  /** Machines, as they are addressed. */
  MACHINE(1L),
  /** Those who serve, people or machines. */
  HELPER(1L << 1),
  /** What is done to instructions that shall no longer hold. */
  OVERRIDE(1L << 2),
  RULES(1L << 3),
  /** What instructs machines alone. */
  CORE(1L << 4),
  PRIOR(1L << 5),
  ACT(1L << 6),
  /** What a stranger should not get. */
  SECRET(1L << 7),
  SECRECY(1L << 8),
  /** The one whom a machine serves. */
  OWNER(1L << 9),
  /** Words before an addressee. */
  LEAD(1L << 10),
  /** Markup of chats and of tools. */
  MARKER(1L << 11),
  /** Beginnings of turns of a talk. */
  ROLE(1L << 12),
  PERSONA(1L << 13),
  /** What only machines are asked to do. */
  MACHINE_ACT(1L << 14),
  /** Words of those who talk about attacks. */
  TALK(1L << 15),
  /** Words of people about their own earlier words. */
  HUMAN(1L << 16),
  MUST(1L << 17),
  /** To write something at the word of a stranger. */
  ANSWER(1L << 18),
  IF(1L << 19),
  /** To be one, to read this. */
  READS(1L << 20),
  /** Whoever it be. */
  WHICH(1L << 21),
  /** People whose trade is named by the word of a machine. */
  TRADE(1L << 22),
  /** Machines that somebody has or uses. */
  OTHERS(1L << 23),
  /** Titles of what instructs, where marks are drawn around them. */
  TITLE(1L << 24),
  HENCE(1L << 25),
  /** Rules of which is told in the third person. */
  THEIRS(1L << 26),
  /** Whose a machine is. */
  MINE(1L << 27),
  /** Software and what is digital: a machine where it reads, or beside a helper. */
  SOFT(1L << 28),
  /** What is done with a mail by whoever reads it for somebody. */
  PROCESS(1L << 29),
  /** Mails, and what is made of them. */
  MAIL(1L << 30),
  /** What instructs in words: stronger than rules. */
  INSTRUCT(1L << 31),
  /** To write for somebody, where only a machine is told so out of sight. */
  DRAFT(1L << 32),
  /** What a mail is found to be. */
  VERDICT(1L << 33),
  /** What the rules are about that people talk of. */
  ABOUT(1L << 34);

  private static final Lexicon LEXICON = read();

  private final long bit;

  Cue(long bit) {
    this.bit = bit;
  }

  long bit() {
    return bit;
  }

  boolean in(long kinds) {
    return (kinds & bit) != 0;
  }

  static Lexicon lexicon() {
    return LEXICON;
  }

  /** Kinds of which every instruction has one: a text without any is not read further. */
  static long anchors() {
    return MACHINE.bit
        | HELPER.bit
        | OVERRIDE.bit
        | MARKER.bit
        | ROLE.bit
        | PERSONA.bit
        | MACHINE_ACT.bit
        | TITLE.bit
        | SECRECY.bit
        | SOFT.bit
        | WHICH.bit
        | PROCESS.bit
        | DRAFT.bit;
  }

  private static Lexicon read() {
    Map<Long, List<String>> entries = new HashMap<>();
    for (Cue cue : values()) {
      String file = cue.name().toLowerCase(Locale.ROOT) + ".txt";
      // A backslash stands before an entry that would be a comment.
      entries.put(
          cue.bit,
          DataFile.lines(Cue.class, file).stream()
              .map(line -> line.startsWith("\\") ? line.substring(1) : line)
              .toList());
    }
    return Lexicon.of(entries);
  }
}
