package email.daimon.understand.trust;

import email.daimon.DataFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Kinds of words by which an instruction to a machine is known, each with its file. */
enum Cue {
  /** Machines, as they are addressed. */
  MACHINE(1),
  /** Those who serve, people or machines. */
  HELPER(1 << 1),
  /** What is done to instructions that shall no longer hold. */
  OVERRIDE(1 << 2),
  RULES(1 << 3),
  /** What instructs machines alone. */
  CORE(1 << 4),
  PRIOR(1 << 5),
  ACT(1 << 6),
  /** What a stranger should not get. */
  SECRET(1 << 7),
  SECRECY(1 << 8),
  /** The one whom a machine serves. */
  OWNER(1 << 9),
  /** Words before an addressee. */
  LEAD(1 << 10),
  /** Markup of chats and of tools. */
  MARKER(1 << 11),
  /** Beginnings of turns of a talk. */
  ROLE(1 << 12),
  PERSONA(1 << 13),
  /** What only machines are asked to do. */
  MACHINE_ACT(1 << 14),
  /** Words of those who talk about attacks. */
  TALK(1 << 15),
  /** Words of people about their own earlier words. */
  HUMAN(1 << 16),
  MUST(1 << 17),
  /** To write something at the word of a stranger. */
  ANSWER(1 << 18),
  IF(1 << 19),
  /** To be one, to read this. */
  READS(1 << 20),
  /** Whoever it be. */
  WHICH(1 << 21),
  /** People whose trade is named by the word of a machine. */
  TRADE(1 << 22),
  /** Machines that somebody has or uses. */
  OTHERS(1 << 23),
  /** Titles of what instructs, where marks are drawn around them. */
  TITLE(1 << 24),
  HENCE(1 << 25),
  /** Rules of which is told in the third person. */
  THEIRS(1 << 26),
  /** Whose a machine is. */
  MINE(1 << 27);

  private static final Lexicon LEXICON = read();

  private final int bit;

  Cue(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
  }

  boolean in(int kinds) {
    return (kinds & bit) != 0;
  }

  static Lexicon lexicon() {
    return LEXICON;
  }

  /** Kinds of which every instruction has one: a text without any is not read further. */
  static int anchors() {
    return MACHINE.bit
        | HELPER.bit
        | OVERRIDE.bit
        | MARKER.bit
        | ROLE.bit
        | PERSONA.bit
        | MACHINE_ACT.bit
        | TITLE.bit
        | SECRECY.bit;
  }

  private static Lexicon read() {
    Map<Integer, List<String>> entries = new HashMap<>();
    for (Cue cue : values()) {
      String file = cue.name().toLowerCase(Locale.ROOT) + ".txt";
      // A backslash stands before an entry that would be a comment.
      entries.put(
          cue.bit,
          DataFile.lines(Cue.class, file).stream()
              .map(line -> line.startsWith("\\") ? line.substring(1) : line)
              .toList());
    }
    return Lexicon.of(entries, anchors());
  }
}
