package email.daimon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;

/** The function {@code api-admin}: makes inboxes and keys. */
public final class AdminApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Pipeline pipeline;

  public AdminApiHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(AdminApiHandler::rehearse);
  }

  public AdminApiHandler(Wiring wiring) {
    this.pipeline = Composition.of(wiring);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return pipeline.answer(event);
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    // What tests webhooks is made at the first test, but loaded by then.
    var _ = wiring.hooks().webhookPost();
    Scene scene = Scene.of(wiring);
    Pipeline pipeline = Composition.of(wiring);
    Rehearsal.of(scene, pipeline)
        .ask("GET", "/v1/inboxes", "")
        .ask("GET", "/v1/account", "")
        .ask("POST", "/v1/inboxes", "{\"username\":\"second\"}");
  }
}
