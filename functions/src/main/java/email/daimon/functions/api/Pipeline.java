package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import email.daimon.compose.ComposeLimits;
import email.daimon.functions.store.DeferredException;
import email.daimon.model.AccountStatus;
import email.daimon.model.ApiKey;
import email.daimon.wire.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests, each with the same order of refusals: 413, 401, scope of the route, 404, 405,
 * 400, idempotency, 402, 403, then what the work itself refuses.
 */
public final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Set<ErrorCode> OF_ACCOUNT =
      Set.of(
          ErrorCode.SEND_REQUIRES_PAID,
          ErrorCode.WEBHOOK_REQUIRES_PAID,
          ErrorCode.DOMAIN_REQUIRES_PAID,
          ErrorCode.SMTP_REQUIRES_PAID,
          ErrorCode.INBOX_LIMIT_EXCEEDED,
          ErrorCode.SEND_LIMIT_EXCEEDED,
          ErrorCode.ACCOUNT_UNDER_REVIEW,
          ErrorCode.ACCOUNT_SUSPENDED);
  private final Router router;
  private final Authenticator authenticator;
  private final Idempotency idempotency;
  private final LostRotation lostRotation;
  private final NextSteps nextSteps;
  private final Envelope envelope;
  private final InstantSource clock;

  Pipeline(
      Router router,
      Authenticator authenticator,
      Idempotency idempotency,
      NextSteps nextSteps,
      Envelope envelope,
      InstantSource clock) {
    this.router = requireNonNull(router, "router is null");
    this.authenticator = requireNonNull(authenticator, "authenticator is null");
    this.idempotency = requireNonNull(idempotency, "idempotency is null");
    this.lostRotation = new LostRotation(authenticator, idempotency);
    this.nextSteps = requireNonNull(nextSteps, "nextSteps is null");
    this.envelope = requireNonNull(envelope, "envelope is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  Router router() {
    return router;
  }

  APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    return answer(event, Holding.NONE);
  }

  /**
   * Answers a request.
   *
   * @param holding what holds it where it may wait for something
   */
  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Holding holding) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Incoming incoming = new Incoming(event, now, holding);
    Asker asker = new Asker();
    try {
      return respond(incoming, asker);
    } catch (ApiException refusal) {
      return refuse(refusal, asker, incoming);
    } catch (DeferredException e) {
      LOG.warn(
          "{} {} deferred, request {}",
          incoming.method(),
          incoming.path(),
          incoming.requestId(),
          e);
      return refuse(
          new ApiException(
                  ErrorCode.TRY_AGAIN, "The store is busy just now.", "Call again in a second.")
              .retryAfter(Duration.ofSeconds(1)),
          asker,
          incoming);
    } catch (RuntimeException e) {
      LOG.error(
          "{} {} failed, request {}", incoming.method(), incoming.path(), incoming.requestId(), e);
      return refuse(
          new ApiException(
              ErrorCode.INTERNAL_ERROR,
              "Something failed on our side.",
              "Call again; with an Idempotency-Key nothing is done twice."),
          asker,
          incoming);
    }
  }

  private static final class Asker {
    private Optional<ApiKey.Scope> scope = Optional.empty();
  }

  private APIGatewayV2HTTPResponse respond(Incoming incoming, Asker asker) {
    if (incoming.body().length > ComposeLimits.REQUEST_BYTES) {
      throw new ApiException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "The request is over 5 MB.",
          "Put large files up through uploads and name them by upload_id.");
    }
    Router.Match match = router.match(incoming.method(), incoming.path());
    Optional<Caller> caller;
    try {
      caller = authenticate(incoming, match);
    } catch (ApiException refusal) {
      Reply kept = lostRotation.answer(incoming, match).orElseThrow(() -> refusal);
      asker.scope = Optional.of(ApiKey.Scope.ACCOUNT);
      return envelope.of(
          kept, nextSteps.of(kept.nextSteps(), List.of(), asker.scope), incoming.requestId());
    }
    asker.scope = caller.map(present -> present.key().scope());
    return switch (match) {
      case Router.Match.Unknown(String nearest) -> throw unknown(incoming, nearest);
      case Router.Match.WrongMethod(List<String> allowed) -> throw wrongMethod(incoming, allowed);
      case Router.Match.Found(Route route, var parameters) -> {
        Request request = new Request(incoming, route, parameters, caller);
        try {
          yield answered(request, asker);
        } catch (ApiException refusal) {
          // Remembered tiers and statuses may be behind: an upgrade counts from its very moment.
          Optional<Caller> asNow =
              caller
                  .filter(_ -> OF_ACCOUNT.contains(refusal.error()))
                  .flatMap(present -> authenticator.again(present, incoming.now()));
          if (asNow.isEmpty()) {
            throw refusal;
          }
          yield answered(new Request(incoming, route, parameters, asNow), asker);
        }
      }
    };
  }

  private APIGatewayV2HTTPResponse answered(Request request, Asker asker) {
    Reply reply = work(request);
    return envelope.of(
        reply,
        nextSteps.of(reply.nextSteps(), request.hints(), reply.forScope().or(() -> asker.scope)),
        request.incoming().requestId());
  }

  private Optional<Caller> authenticate(Incoming incoming, Router.Match match) {
    Access access =
        match instanceof Router.Match.Found(Route route, _)
            ? route.access()
            : incoming.path().startsWith("/v1/") ? Access.READ : Access.PUBLIC;
    if (access == Access.PUBLIC) {
      return Optional.empty();
    }
    Optional<Caller> caller = authenticator.caller(incoming);
    if (caller.isEmpty() && !access.anonymous()) {
      throw Authenticator.unauthorized("This route needs a key.");
    }
    if (!access.allows(caller.map(present -> present.key().scope()))) {
      throw new ApiException(
          ErrorCode.KEY_SCOPE,
          "This route takes " + access.keyKind() + ".",
          "Call again with " + access.keyKind() + ".");
    }
    return caller;
  }

  private Reply work(Request request) {
    Plan plan = request.route().action().prepare(request);
    request.finish();
    Plan.Work work =
        completion -> {
          Optional<Reply> known = plan.known();
          if (known.isPresent()) {
            return known.get();
          }
          plan.gate().run();
          request.optionalCaller().ifPresent(Pipeline::refuseSuspended);
          return plan.work().run(completion);
        };
    return plan.repeatable() ? work.run(Completion.NONE) : idempotency.once(request, work);
  }

  private static void refuseSuspended(Caller caller) {
    if (caller.account().status() == AccountStatus.SUSPENDED) {
      throw suspended();
    }
  }

  static ApiException suspended() {
    return new ApiException(
        ErrorCode.ACCOUNT_SUSPENDED,
        "The account is suspended.",
        "Ask the operator of this deployment to resume it.");
  }

  private static ApiException unknown(Incoming incoming, String nearest) {
    return new ApiException(
        ErrorCode.ROUTE_NOT_FOUND,
        "There is no " + incoming.method() + " " + incoming.path() + ".",
        "The nearest route is " + nearest + ".");
  }

  private ApiException wrongMethod(Incoming incoming, List<String> allowed) {
    String methods = String.join(", ", allowed);
    return new ApiException(
            ErrorCode.METHOD_NOT_ALLOWED,
            incoming.path() + " does not take " + incoming.method() + ".",
            "It takes " + methods + ".")
        .header("Allow", methods);
  }

  private APIGatewayV2HTTPResponse refuse(ApiException refusal, Asker asker, Incoming incoming) {
    return envelope.of(
        refusal, nextSteps.of(refusal.nextSteps(), List.of(), asker.scope), incoming.requestId());
  }
}
