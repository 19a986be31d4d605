package email.daimon.functions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code api/openapi.yaml}, to hold replies against. */
final class Contract {
  private static final String IRI = "urn:daimon:openapi";
  private static final Logger NOISE = Logger.getLogger("com.networknt");
  private static final Contract SHARED = new Contract(read());
  private final JsonNode document;
  private final SchemaRegistry registry;

  private Contract(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(200);
    Object tree = new Yaml(new SafeConstructor(options)).load(text);
    document = new ObjectMapper().valueToTree(tree);
    registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(IRI, document.toString())));
  }

  static Contract load() {
    return SHARED;
  }

  /** The paths with their methods, {@code GET /v1/account}. */
  List<String> operations() {
    return document
        .path("paths")
        .propertyStream()
        .flatMap(path ->
            path.getValue()
                .propertyStream()
                .filter(member -> !member.getKey().equals("parameters"))
                .map(m -> m.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
        .toList();
  }

  JsonNode document() {
    return document;
  }

  /** Holds a reply against what the contract says about its route. */
  void hold(Router router, TestApi.Call call, TestApi.Answer answer) {
    if (!(router.match(call.method, call.path) instanceof Router.Match.Found(Route route, _))) {
      check("/components/schemas/Error", answer);
      return;
    }
    String operation =
        "/paths/"
            + route.pattern().replace("~", "~0").replace("/", "~1")
            + "/"
            + call.method.toLowerCase(Locale.ROOT);
    String responses = operation + "/responses/";
    Optional<String> place =
        List.of(Integer.toString(answer.status()), "default").stream()
            .map(status -> responses + status)
            .filter(pointer -> !document.at(pointer).isMissingNode())
            .findFirst();
    if (place.isEmpty()) {
      throw new AssertionError(
          route.name() + " answers " + answer.status() + ", which openapi.yaml does not name");
    }
    String pointer = place.get();
    if (document.at(pointer).has("$ref")) {
      pointer = document.at(pointer).path("$ref").asText().substring(1);
    }
    if (document.at(pointer + "/content/application~1json").isMissingNode()) {
      return;
    }
    check(pointer + "/content/application~1json/schema", answer);
  }

  private void check(String pointer, TestApi.Answer answer) {
    check(pointer, answer.body());
  }

  /** Holds a JSON text against a schema of the document. */
  void check(String pointer, String text) {
    // It warns of every part of the document that is no schema.
    NOISE.setLevel(Level.SEVERE);
    Schema schema = registry.getSchema(SchemaLocation.of(IRI + "#" + pointer));
    List<Error> errors =
        schema.validate(
            text,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    if (!errors.isEmpty()) {
      throw new AssertionError(pointer + ": " + errors + "\n" + text);
    }
  }

  private static String read() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("api/openapi.yaml");
      if (Files.exists(file)) {
        try {
          return Files.readString(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("no api/openapi.yaml above the working directory");
  }
}
