import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks ({@code --check}) or mends ({@code --fix}) the format of every Java file of the house. */
final class Format {
  public static void main(String[] arguments) throws Exception {
    boolean mend = List.of(arguments).contains("--fix");
    List<Path> files = new ArrayList<>();
    for (String module :
        List.of(
            "build",
            "shared-model/src",
            "functions/src",
            "local/src",
            "bench/src",
            "infra-cdk/src")) {
      if (Files.isDirectory(Path.of(module))) {
        try (Stream<Path> tree = Files.walk(Path.of(module))) {
          tree.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
    }
    List<Path> unformatted = new ArrayList<>();
    files.parallelStream().forEach(file -> format(file, mend, unformatted));
    if (!unformatted.isEmpty() && !mend) {
      unformatted.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("mend with: mvn -N validate -Dformat.mode=--fix");
      System.exit(1);
    }
  }

  private static void format(Path file, boolean mend, List<Path> unformatted) {
    try {
      String source = Files.readString(file);
      var options = JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build();
      String tidy = RemoveUnusedImports.removeUnusedImports(source);
      tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
      tidy = new Formatter(options).formatSource(tidy);
      if (!tidy.equals(source)) {
        synchronized (unformatted) {
          unformatted.add(file);
        }
        if (mend) {
          Files.writeString(file, tidy);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
