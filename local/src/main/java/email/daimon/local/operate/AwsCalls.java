package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * The few calls of AWS that operators' commands alone make, signed one by one: a client of each of
 * these services would be ten megabytes for a dozen calls. Endpoints come from {@code
 * AWS_ENDPOINT_URL_<SERVICE>} or {@code AWS_ENDPOINT_URL}, as with the SDK's clients.
 */
public final class AwsCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  private final String region;
  private final Map<String, String> environment;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;

  public AwsCalls(
      String region, Map<String, String> environment, AwsCredentialsProvider credentials) {
    this.region = requireNonNull(region, "region is null");
    this.environment = Map.copyOf(environment);
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER).build();
  }

  /** With the credentials of the environment, or of a profile. */
  public static AwsCalls of(String region, Map<String, String> environment) {
    return new AwsCalls(region, environment, DefaultCredentialsProvider.builder().build());
  }

  public String region() {
    return region;
  }

  /** An action of an API that takes forms and answers XML. */
  public XmlAnswer query(AwsApi api, String action, Map<String, String> parameters) {
    Map<String, String> form = new TreeMap<>(parameters);
    form.put("Action", action);
    form.put("Version", api.version());
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Answer answer = send(api, action, SdkHttpMethod.POST, "/", FORM, body);
    XmlAnswer xml = XmlAnswer.parse(answer.body());
    if (answer.status() >= 300) {
      throw new AwsRefusal(
          action, xml.text("Code").orElse("" + answer.status()), xml.text("Message").orElse(""));
    }
    return xml;
  }

  public JsonNode get(AwsApi api, String path) {
    return json(api, SdkHttpMethod.GET, path, "");
  }

  public JsonNode post(AwsApi api, String path, JsonNode body) {
    return json(api, SdkHttpMethod.POST, path, body.toString());
  }

  public JsonNode put(AwsApi api, String path, JsonNode body) {
    return json(api, SdkHttpMethod.PUT, path, body.toString());
  }

  private JsonNode json(AwsApi api, SdkHttpMethod method, String path, String body) {
    String call = method + " " + path;
    Answer answer = send(api, call, method, path, "application/json", body);
    JsonNode json = read(answer.body());
    if (answer.status() >= 300) {
      // The type may come with a namespace before and an address after it.
      String type = answer.errorType().isEmpty() ? "" + answer.status() : answer.errorType();
      String said = json.path("message").asText(json.path("Message").asText());
      throw new AwsRefusal(
          call, type.substring(type.lastIndexOf('#') + 1).replaceAll(":.*", ""), said);
    }
    return json;
  }

  private static JsonNode read(String body) {
    try {
      return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException _) {
      return JSON.createObjectNode();
    }
  }

  private record Answer(int status, String errorType, String body) {}

  private Answer send(
      AwsApi api, String call, SdkHttpMethod method, String path, String type, String body) {
    ContentStreamProvider payload =
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    URI endpoint = endpoint(api);
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder().method(method).uri(endpoint.resolve(path));
    if (!body.isEmpty()) {
      request.putHeader("Content-Type", type);
      request.putHeader(
          "Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
    }
    var signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(identity())
                    .request(request.build())
                    .payload(payload)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, api.signingName())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteRequest.Builder ready = HttpExecuteRequest.builder().request(signed.request());
    if (!body.isEmpty()) {
      signed.payload().ifPresent(ready::contentStreamProvider);
    }
    try {
      HttpExecuteResponse response = http.prepareRequest(ready.build()).call();
      byte[] bytes = new byte[0];
      if (response.responseBody().isPresent()) {
        try (var in = response.responseBody().get()) {
          bytes = in.readAllBytes();
        }
      }
      return new Answer(
          response.httpResponse().statusCode(),
          response.httpResponse().firstMatchingHeader("x-amzn-ErrorType").orElse(""),
          new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperatorException(
          "%s: %s gives no answer (%s): is %s a region, and is there a network?"
              .formatted(call, endpoint.getHost(), e.getMessage(), region),
          e);
    }
  }

  private AwsCredentialsIdentity identity() {
    try {
      return credentials.resolveCredentials();
    } catch (SdkClientException e) {
      throw new OperatorException(
          "no AWS credentials: set AWS_PROFILE, or run aws configure; after aws sso login run"
              + " eval \"$(aws configure export-credentials --format env)\"",
          e);
    }
  }

  private URI endpoint(AwsApi api) {
    String elsewhere =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_" + api.name(), environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    return URI.create(
        elsewhere.isEmpty()
            ? "https://%s.%s.%s"
                .formatted(api.host(), region, Region.of(region).metadata().partition().dnsSuffix())
            : elsewhere);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
