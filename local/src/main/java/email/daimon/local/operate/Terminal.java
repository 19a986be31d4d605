package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Where a command prints and, if somebody sits there, asks. */
public final class Terminal {
  private final BufferedReader in;
  private final PrintStream out;
  private final boolean somebody;

  /**
   * @param somebody whether a person can answer
   */
  public Terminal(Reader in, PrintStream out, boolean somebody) {
    this.in = new BufferedReader(in);
    this.out = requireNonNull(out, "out is null");
    this.somebody = somebody;
  }

  public static Terminal ofSystem() {
    return new Terminal(
        new InputStreamReader(System.in, StandardCharsets.UTF_8),
        System.out,
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  public boolean somebody() {
    return somebody;
  }

  public void say(String text) {
    out.println(text);
  }

  /** The answer, or what it is otherwise where only a line end came. */
  public String ask(String question, String otherwise) {
    out.print(question + (otherwise.isEmpty() ? " " : " [%s] ".formatted(otherwise)));
    out.flush();
    try {
      String line = in.readLine();
      return line == null || line.isBlank() ? otherwise : line.strip();
    } catch (IOException e) {
      throw new OperatorException("the terminal cannot be read: " + e.getMessage());
    }
  }

  /** True for y or yes. */
  public boolean agreed(String question) {
    return ask(question, "no").toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
