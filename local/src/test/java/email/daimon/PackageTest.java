package email.daimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import email.daimon.local.stack.Function;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed. It is made when the functions are packaged: without it, skipped. */
class PackageTest {
  private static final Path ZIP = Path.of("../functions/target/functions.zip");
  private static final long MOST_BYTES = 25_000_000;
  // Apache's client 5 dials webhooks; the SDK runs on the JDK's.
  private static final List<String> NOT_WANTED =
      List.of(
          "email/daimon/local/",
          "email/daimon/bench/",
          "org/junit/",
          "org/assertj/",
          "net/jqwik/",
          "org/eclipse/jetty/",
          "software/amazon/dynamodb/",
          "org/gaul/",
          "org/elasticmq/",
          "org/apache/pekko/",
          "scala/",
          "org/yaml/",
          "io/netty/",
          "okhttp3/",
          "org/apache/http/",
          "software/amazon/awssdk/http/nio/",
          "software/amazon/awssdk/http/apache/",
          "software/amazon/awssdk/http/apache5/",
          "software/amazon/awssdk/http/crt/",
          "software/amazon/awssdk/crt/");

  private record Contents(List<String> jars, Set<String> classes, Set<FileTime> times) {}

  @Test
  void isSmall() throws IOException {
    Contents zip = contents();
    long size = Files.size(ZIP);
    System.out.printf(
        "functions.zip: %.1f MB, %d jars, %d classes%n",
        size / 1e6, zip.jars.size(), zip.classes.size());
    assertThat(size).isLessThan(MOST_BYTES);
  }

  @Test
  void hasTheFunctionsAndNothingThatOnlyThisMachineNeeds() throws IOException {
    Set<String> classes = contents().classes;
    assertThat(classes)
        .contains("software/amazon/awssdk/http/urlconnection/UrlConnectionHttpClient.class")
        .contains("org/apache/hc/client5/http/DnsResolver.class")
        .contains("org/slf4j/jul/JULServiceProvider.class")
        .noneMatch(name -> NOT_WANTED.stream().anyMatch(name::startsWith))
        .noneMatch(name -> name.startsWith("email/daimon/") && name.contains("/testing/"));
    Stack stack = Stack.of(Template.load(), Map.of(), URI.create("http://localhost"));
    assertThat(stack.functions())
        .hasSize(11)
        .extracting(Function::handler)
        .allMatch(handler -> classes.contains(handler.replace('.', '/') + ".class"));
  }

  @Test
  void hasEachLibraryOnceInOrderAndOfOneTime() throws IOException {
    Contents zip = contents();
    assertThat(zip.jars).allMatch(name -> name.startsWith("lib/")).isSorted();
    assertThat(zip.jars).extracting(jar -> jar.replaceAll("-\\d.*", "")).doesNotHaveDuplicates();
    assertThat(zip.times).hasSize(1);
  }

  @Test
  void theSameJarsGiveTheSameBytes(@TempDir Path folder) throws Exception {
    Path libraries = folder.resolve("libraries");
    Files.writeString(libraries, jarOf(org.slf4j.Logger.class));
    byte[] here = packed(folder.resolve("here.zip"), libraries, "Europe/Vienna");
    assertThat(packed(folder.resolve("there.zip"), libraries, "Asia/Tokyo")).isEqualTo(here);
  }

  private static byte[] packed(Path zip, Path libraries, String timeZone) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=" + timeZone,
                "../build/Package.java",
                zip.toString(),
                "2026-11-01T00:00:00Z",
                jarOf(org.jspecify.annotations.NullMarked.class),
                libraries.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return Files.readAllBytes(zip);
  }

  private static String jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static Contents contents() throws IOException {
    assumeTrue(
        Files.exists(ZIP),
        "skipped: functions.zip is not made yet (mvn package -pl functions -am)");
    Contents contents = new Contents(new ArrayList<>(), new HashSet<>(), new HashSet<>());
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry jar = zip.getNextEntry(); jar != null; jar = zip.getNextEntry()) {
        contents.jars.add(jar.getName());
        contents.times.add(jar.getLastModifiedTime());
        ZipInputStream within = new ZipInputStream(zip);
        for (ZipEntry each = within.getNextEntry(); each != null; each = within.getNextEntry()) {
          contents.times.add(each.getLastModifiedTime());
          if (each.getName().endsWith(".class")) {
            contents.classes.add(each.getName());
          }
        }
      }
    }
    return contents;
  }
}
