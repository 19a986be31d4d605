package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.functions.webhook.GuardedNames.Names;
import email.daimon.functions.webhook.GuardedNames.RefusedAddressException;
import email.daimon.model.AttemptOutcome;
import email.daimon.policy.WebhookUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Calls a webhook's server over HTTP/1.1, on a connection of the call's own: at the address that
 * was judged a moment ago, following nothing, keeping nothing. A call is over after 15 s, whatever
 * the server does, and of its answer 16 KB are read.
 */
public final class HttpPost implements Post {
  private static final Duration WHOLE_CALL = Duration.ofSeconds(15);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final int MOST_READ = 16 * 1024;
  private static final int KEPT = 512;
  private static final long NOT_YET = 0;
  private final boolean strict;
  private final Duration wholeCall;
  private final CloseableHttpClient client;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param strict whether only public addresses may be called, by https, as in production
   */
  public HttpPost(boolean strict) {
    this(
        strict,
        strict ? AddressGuard.strict() : AddressGuard.local(),
        InetAddress::getAllByName,
        SSLContexts.createDefault(),
        WHOLE_CALL);
  }

  HttpPost(boolean strict, AddressGuard guard, Names names, SSLContext tls, Duration wholeCall) {
    this.strict = strict;
    this.wholeCall = wholeCall;
    client = Dialling.client(new GuardedNames(names, guard), tls, wholeCall);
  }

  @Override
  public Answer send(Letter letter, Runnable slow) {
    long asked = System.nanoTime();
    Optional<String> problem = WebhookUrl.problem(letter.url(), strict);
    if (problem.isPresent()) {
      return Answer.none(
          AttemptOutcome.REFUSED_ADDRESS, since(asked), "a webhook's URL " + problem.get());
    }
    // A call that waits for a processor of ours is not one that waits for the endpoint.
    AtomicLong begun = new AtomicLong(NOT_YET);
    // Interrupting a virtual thread closes the socket that it waits for, in whatever state.
    Future<Answer> call =
        calls.submit(() -> {
          long now = System.nanoTime();
          begun.set(now);
          return call(letter, now);
        });
    try {
      return answer(call, begun, asked, slow);
    } catch (TimeoutException _) {
      return Answer.none(
          AttemptOutcome.TIMEOUT_READ, since(asked), "no whole answer within " + wholeCall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a call", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call failed in no way that is known", e.getCause());
    } finally {
      call.cancel(true);
    }
  }

  private Answer answer(Future<Answer> call, AtomicLong begun, long asked, Runnable slow)
      throws TimeoutException, InterruptedException, ExecutionException {
    Duration untilSlow = SLOW;
    while (since(asked).plus(untilSlow).compareTo(wholeCall) < 0) {
      try {
        return call.get(untilSlow.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        long since = begun.get();
        untilSlow = since == NOT_YET ? SLOW : SLOW.minus(since(since));
        if (untilSlow.toMillis() <= 0) {
          slow.run();
          break;
        }
      }
    }
    return call.get(wholeCall.minus(since(asked)).toMillis(), TimeUnit.MILLISECONDS);
  }

  private Answer call(Letter letter, long begun) {
    URI uri = letter.uri();
    HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    var request = new org.apache.hc.client5.http.classic.methods.HttpPost(uri);
    letter.headers().forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(letter.body(), ContentType.APPLICATION_JSON));
    try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      int status = response.getCode();
      String text = text(response.getEntity());
      Optional<String> retryAfter =
          Optional.ofNullable(response.getFirstHeader("Retry-After")).map(Header::getValue);
      return new Answer(outcome(status), status, since(begun), text, retryAfter);
    } catch (IOException e) {
      String text = e.getClass().getSimpleName() + ": " + e.getMessage();
      return Answer.none(
          outcome(e), since(begun), text.substring(0, Math.min(text.length(), KEPT)));
    } finally {
      // Closes the connection at once: what was not read is not waited for.
      var _ = request.cancel();
    }
  }

  private static String text(HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    InputStream content = entity.getContent();
    byte[] read = content == null ? new byte[0] : content.readNBytes(MOST_READ);
    return new String(read, 0, Math.min(read.length, KEPT), UTF_8);
  }

  private static AttemptOutcome outcome(int status) {
    return switch (status / 100) {
      case 2 -> AttemptOutcome.OK;
      case 3 -> AttemptOutcome.REDIRECT;
      default -> AttemptOutcome.HTTP_ERROR;
    };
  }

  private static AttemptOutcome outcome(IOException e) {
    return switch (e) {
      case RefusedAddressException _ -> AttemptOutcome.REFUSED_ADDRESS;
      case UnknownHostException _ -> AttemptOutcome.DNS;
      case ConnectTimeoutException _ -> AttemptOutcome.TIMEOUT_CONNECT;
      case ConnectException _ -> AttemptOutcome.CONNECTION;
      case NoRouteToHostException _ -> AttemptOutcome.CONNECTION;
      case SSLException _ -> AttemptOutcome.TLS;
      case SocketTimeoutException _ -> AttemptOutcome.TIMEOUT_READ;
      case MessageConstraintException _ -> AttemptOutcome.TOO_LARGE;
      default -> AttemptOutcome.CONNECTION;
    };
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
