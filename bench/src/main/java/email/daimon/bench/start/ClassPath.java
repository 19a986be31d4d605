package email.daimon.bench.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a function runs on: Lambda's runtime client, the deployed zip, and the handlers that it is
 * compared with. Jars alone, in the same order: with a folder the JDK makes no cache of classes.
 */
final class ClassPath {
  private static final List<Class<?>> COMPARED = List.of(DoNothing.class, OneTable.class);

  private ClassPath() {}

  /**
   * Lays everything into a folder.
   *
   * @param home of the house, built
   */
  static String lay(Path home, Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> runtime = Files.list(home.resolve("bench/target/lambda"))) {
      runtime.sorted().forEach(jars::add);
    }
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(home.resolve("functions/target/functions.zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
        Files.copy(zip, jar);
        jars.add(jar);
      }
    }
    jars.add(compared(folder.resolve("compared.jar")));
    return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
  }

  private static Path compared(Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> handler : COMPARED) {
        String name = handler.getName().replace('.', '/') + ".class";
        try (InputStream code = handler.getClassLoader().getResourceAsStream(name)) {
          if (code == null) {
            throw new IOException("no class file of " + handler);
          }
          out.putNextEntry(new ZipEntry(name));
          code.transferTo(out);
        }
      }
    }
    return jar;
  }
}
