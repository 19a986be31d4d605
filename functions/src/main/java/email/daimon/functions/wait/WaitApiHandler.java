package email.daimon.functions.wait;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.Composition;
import email.daimon.functions.api.Pipeline;
import email.daimon.functions.api.Rehearsal;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.store.HeldPlaces;
import java.time.Duration;
import java.time.InstantSource;

/** The function {@code api-wait}: the event feed, and waiting for mail. */
public final class WaitApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Pipeline pipeline;
  private final HeldPlaces places;
  private final Duration longestRest;
  private final InstantSource clock;

  public WaitApiHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(WaitApiHandler::rehearse);
  }

  public WaitApiHandler(Wiring wiring) {
    this.pipeline = Composition.of(wiring);
    this.places = wiring.heldPlaces();
    this.longestRest = wiring.settings().heldCallRest();
    this.clock = wiring.clock();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return pipeline.answer(event, new HeldCall(places, longestRest, clock, context));
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    Scene scene = Scene.of(wiring);
    Pipeline pipeline = Composition.of(wiring);
    Rehearsal.of(scene, pipeline).ask("GET", "/v1/events", "");
  }
}
