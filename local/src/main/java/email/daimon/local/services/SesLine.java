package email.daimon.local.services;

import java.net.ConnectException;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The line to SES: it is laid before SES is there, which needs the queues. */
final class SesLine implements SdkHttpClient {
  private volatile Optional<SdkHttpClient> end = Optional.empty();

  void connect(SdkHttpClient ses) {
    end = Optional.of(ses);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return end.map(ses -> ses.prepareRequest(request)).orElseGet(Dead::new);
  }

  @Override
  public void close() {
    end.ifPresent(SdkHttpClient::close);
  }

  private static final class Dead implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws ConnectException {
      throw new ConnectException("no SES here");
    }

    @Override
    public void abort() {}
  }
}
