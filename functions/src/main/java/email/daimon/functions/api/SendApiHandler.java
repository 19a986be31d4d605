package email.daimon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;

/** The function {@code api-send}: takes what is to be sent, with drafts, uploads, suppressions. */
public final class SendApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Pipeline pipeline;

  public SendApiHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(SendApiHandler::rehearse);
  }

  public SendApiHandler(Wiring wiring) {
    this.pipeline = Composition.of(wiring);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return pipeline.answer(event);
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    Scene scene = Scene.of(wiring);
    Pipeline pipeline = Composition.of(wiring);
    Rehearsal.of(scene, pipeline)
        .ask(
            "POST",
            "/v1/inboxes/{inbox}/send",
            """
            {"to":"ann@example.com","subject":"Hello","text":"Good morning."}\
            """);
  }
}
