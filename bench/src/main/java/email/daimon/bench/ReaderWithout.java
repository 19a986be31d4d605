package email.daimon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.ParsedMessage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our reader of replies with some entries of its data files left out: its classes are loaded once
 * more, and find poorer files.
 */
final class ReaderWithout implements AutoCloseable {
  private final Loader loader;

  /** Loads the classes of the platform, but not those of the benchmarks, for itself. */
  private static final class Loader extends URLClassLoader {
    private final Map<String, Set<String>> leftOut;

    Loader(URL[] urls, Map<String, Set<String>> leftOut) {
      super(urls, Loader.class.getClassLoader());
      this.leftOut = leftOut;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("email.daimon.") || name.startsWith("email.daimon.bench.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      InputStream whole = super.getResourceAsStream(name);
      Set<String> entries = leftOut.get(name);
      if (whole == null || entries == null) {
        return whole;
      }
      try (whole) {
        String rest =
            new String(whole.readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !entries.contains(line.strip()))
                .collect(Collectors.joining("\n"));
        return new ByteArrayInputStream(rest.getBytes(UTF_8));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(name, e);
      }
    }
  }

  /**
   * A reader without some entries.
   *
   * @param leftOut lines by the resource in which they stand
   */
  ReaderWithout(Map<String, Set<String>> leftOut) {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> url(new File(path).toURI()))
            .toArray(URL[]::new);
    this.loader = new Loader(urls, leftOut);
  }

  private static URL url(URI file) {
    try {
      return file.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
  }

  /** What it takes for new in a case. */
  String reply(JsonNode row) {
    try {
      Class<?> reader = loader.loadClass(ParsedMessage.class.getName());
      Optional<String> input = Optional.of(row.path("input").asText());
      var ofText = reader.getMethod("ofText", Optional.class, Optional.class);
      JsonNode read =
          (JsonNode)
              switch (row.get("kind").asText()) {
                case "html" -> ofText.invoke(null, Optional.empty(), input);
                case "text" -> ofText.invoke(null, input, Optional.empty());
                default ->
                    reader
                        .getMethod("ofMail", InputStream.class)
                        .invoke(
                            null,
                            new ByteArrayInputStream(
                                Base64.getDecoder().decode(row.get("input_b64").asText())));
              };
      return read.path("reply_body").asText();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(row.get("id").asText(), e);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
