package email.daimon.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/** The stack as the CDK would deploy it, made once for all tests of one set of settings. */
final class Synthesised {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Map<String, Object>, Synthesised> MADE = new LinkedHashMap<>();

  private final Path folder;
  private final DaimonStack stack;
  private final JsonNode template;

  private Synthesised(Map<String, Object> changed) throws IOException {
    folder = Files.createTempDirectory("daimon-cdk-test");
    App app = new App(AppProps.builder().outdir(folder.resolve("out").toString()).build());
    stack = new DaimonStack(app, settings(changed), folder);
    Nag.review(stack);
    Path file = Path.of(app.synth().getStackByName("daimon").getTemplateFullPath());
    template = JSON.readTree(file.toFile());
  }

  static synchronized Synthesised with(Map<String, Object> changed) {
    NodeJs.required();
    return MADE.computeIfAbsent(
        Map.copyOf(changed),
        settings -> {
          try {
            return new Synthesised(settings);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The settings of cdk.json, with these changed. */
  static Settings settings(Map<String, Object> changed) {
    try {
      Map<String, Object> context =
          JSON.convertValue(
              JSON.readTree(Path.of("cdk.json").toFile()).get("context"), new TypeReference<>() {});
      context.put("functions", zip().toString());
      context.putAll(changed);
      return Settings.of(context::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DaimonStack stack() {
    return stack;
  }

  Template assertions() {
    return Template.fromStack(stack);
  }

  JsonNode template() {
    return template;
  }

  Path templateFile() {
    return folder.resolve("out").resolve("daimon.template.json");
  }

  /** The lines of the report that AWS's review wrote. */
  List<String> review() {
    try {
      return Files.readAllLines(folder.resolve("out/AwsSolutions-daimon-NagReport.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode resource(String id) {
    return template.path("Resources").path(id);
  }

  List<JsonNode> resources(String type) {
    List<JsonNode> found = new ArrayList<>();
    template
        .path("Resources")
        .forEach(resource -> {
          if (type.equals(resource.path("Type").asText())) {
            found.add(resource);
          }
        });
    return found;
  }

  private static Path zip() throws IOException {
    Path zip = Files.createTempDirectory("daimon-cdk-test").resolve("functions.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("lib/functions.jar"));
    }
    return zip;
  }
}
