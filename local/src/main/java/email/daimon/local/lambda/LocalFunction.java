package email.daimon.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import email.daimon.functions.Wiring;
import email.daimon.local.services.Usage;
import email.daimon.local.stack.Function;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function of the stack in this process. Its handler is shared by all that call it. */
public final class LocalFunction {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFunction.class);
  private final String name;
  private final Duration timeout;
  private final RequestHandler<Object, Object> handler;
  // Making a serializer costs more than using it, so each is kept.
  private final PojoSerializer<Object> input;
  private final PojoSerializer<Object> output;
  private final Usage usage;
  private final Phaser calls = new Phaser(1);
  private volatile boolean stopping;

  private LocalFunction(
      String name, Duration timeout, RequestHandler<Object, Object> handler, Usage usage) {
    this.usage = usage;
    this.name = name;
    this.timeout = timeout;
    this.handler = handler;
    Type[] types = eventTypes(handler.getClass());
    this.input = serializer(types[0]);
    this.output = serializer(types[1]);
  }

  /**
   * Makes the handler that the stack names, of collaborators that are wired for it.
   *
   * @param usage counts what it asks of the services
   */
  @SuppressWarnings("unchecked") // The codec makes what the handler declares that it takes.
  public static LocalFunction of(Function function, Wiring wiring, Usage usage) {
    try {
      Object handler =
          Class.forName(function.handler()).getConstructor(Wiring.class).newInstance(wiring);
      return new LocalFunction(
          function.id(), function.timeout(), (RequestHandler<Object, Object>) handler, usage);
    } catch (InvocationTargetException e) {
      throw new FunctionException(function.handler() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new FunctionException("no handler " + function.handler() + " that takes a Wiring", e);
    }
  }

  /** A function whose handler is there already. */
  @SuppressWarnings("unchecked") // The codec makes what the handler declares that it takes.
  public static LocalFunction of(String name, Duration timeout, RequestHandler<?, ?> handler) {
    return new LocalFunction(name, timeout, (RequestHandler<Object, Object>) handler, new Usage());
  }

  public String name() {
    return name;
  }

  /** Tells the calls under way that their time is over, and lets them end within a bound. */
  public void stop(Duration bound) {
    stopping = true;
    try {
      calls.awaitAdvanceInterruptibly(
          calls.arriveAndDeregister(), bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.warn("{} is still at work", name);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Calls the handler with an event.
   *
   * @return its result as JSON; {@code null} of a handler that returns nothing
   * @throws FunctionException when the handler throws
   */
  public String invoke(String event) {
    String requestId = UUID.randomUUID().toString();
    Object result;
    // Whoever comes later is not waited for.
    boolean awaited = !stopping;
    if (awaited) {
      calls.register();
    }
    try {
      Object read = Objects.requireNonNull(input.fromJson(event));
      LocalContext context = new LocalContext(name, requestId, timeout, () -> stopping);
      result = usage.during(name, () -> handler.handleRequest(read, context));
    } catch (RuntimeException | Error e) {
      throw new FunctionException(name + " failed: " + e, e);
    } finally {
      if (awaited) {
        calls.arriveAndDeregister();
      }
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    if (result != null) {
      output.toJson(result, json);
    }
    return result == null ? "null" : json.toString(StandardCharsets.UTF_8);
  }

  private static Type[] eventTypes(Class<?> handler) {
    return Stream.of(handler.getGenericInterfaces())
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(type -> type.getRawType() == RequestHandler.class)
        .map(ParameterizedType::getActualTypeArguments)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(handler + " does not say which events it takes"));
  }

  @SuppressWarnings("unchecked")
  private static PojoSerializer<Object> serializer(Type type) {
    return (PojoSerializer<Object>)
        LambdaEventSerializers.serializerFor((Class<?>) type, LocalFunction.class.getClassLoader());
  }
}
