package email.daimon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;

/**
 * The function {@code api-mail}: reads and labels mail, and answers whatever path no route names.
 */
public final class MailApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Pipeline pipeline;

  public MailApiHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(MailApiHandler::rehearse);
  }

  public MailApiHandler(Wiring wiring) {
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
        .ask("GET", "/v1/inboxes/{inbox}/messages", "")
        .ask("GET", "/v1/threads", "")
        .ask("GET", "/inbox/{inbox}", "");
  }
}
