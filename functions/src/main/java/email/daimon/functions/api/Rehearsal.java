package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.functions.priming.Scene;

/** Asks the API what its callers will ask, and looks that it answers. */
public final class Rehearsal {
  private final Scene scene;
  private final Pipeline pipeline;

  private Rehearsal(Scene scene, Pipeline pipeline) {
    this.scene = requireNonNull(scene, "scene is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  /** Begins with a stranger, who is refused. */
  public static Rehearsal of(Scene scene, Pipeline pipeline) {
    Rehearsal rehearsal = new Rehearsal(scene, pipeline);
    rehearsal.expect(401, scene.strangersRequest("GET", "/v1/inboxes"));
    return rehearsal;
  }

  /** A call with the account's key, which succeeds. */
  public Rehearsal ask(String method, String path, String body) {
    expect(200, scene.request(method, path, body));
    return this;
  }

  private void expect(int status, APIGatewayV2HTTPEvent request) {
    APIGatewayV2HTTPResponse answer = pipeline.answer(request);
    if (answer.getStatusCode() / 100 != status / 100) {
      throw new IllegalStateException(
          request.getRawPath() + ": " + answer.getStatusCode() + " " + answer.getBody());
    }
  }
}
