package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.aws.Transmission;
import email.daimon.thread.MessageIds;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;

/**
 * Sends by Amazon SES, API v2. The client must not try again by itself: what a lost answer means is
 * for the caller to judge. What is wrong with the account or the deployment, not with the mail, is
 * {@link Answer.Busy}: the mail waits until an operator has mended it.
 */
public final class SesTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(SesTransport.class);
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private final SesV2Client ses;
  private final Optional<String> configurationSet;
  private final Function<String, Optional<String>> tenantOfAccount;

  /**
   * @param configurationSet that publishes what becomes of the mails
   * @param tenantOfAccount SES's tenant for an account's id, where it has one
   */
  public SesTransport(
      SesV2Client ses,
      Optional<String> configurationSet,
      Function<String, Optional<String>> tenantOfAccount) {
    this.ses = requireNonNull(ses, "ses is null");
    this.configurationSet = requireNonNull(configurationSet, "configurationSet is null");
    this.tenantOfAccount = requireNonNull(tenantOfAccount, "tenantOfAccount is null");
  }

  @Override
  public boolean smtpUtf8() {
    return false;
  }

  @Override
  public Answer send(Envelope envelope, byte[] mail) {
    Transmission transmission = new Transmission();
    try {
      return accepted(ses.sendEmail(request(envelope, mail, transmission)));
    } catch (AwsServiceException e) {
      return answer(e);
    } catch (SdkClientException e) {
      LOG.warn("SES did not answer for {}", envelope.tags().message().id(), e);
      return transmission.neverBegan() || neverConnected(e)
          ? new Answer.Busy(String.valueOf(e.getMessage()))
          : new Answer.Lost(String.valueOf(e.getMessage()));
    }
  }

  private SendEmailRequest request(Envelope envelope, byte[] mail, Transmission transmission) {
    List<MessageTag> tags =
        envelope.tags().toMap().entrySet().stream()
            .map(tag -> MessageTag.builder().name(tag.getKey()).value(tag.getValue()).build())
            .toList();
    SendEmailRequest.Builder request =
        SendEmailRequest.builder()
            .fromEmailAddress(envelope.from())
            .destination(to -> to.toAddresses(envelope.recipients()))
            .content(content -> content.raw(raw -> raw.data(SdkBytes.fromByteArrayUnsafe(mail))))
            .emailTags(tags)
            .overrideConfiguration(transmission.configuration());
    configurationSet.ifPresent(request::configurationSetName);
    tenantOfAccount.apply(envelope.tags().accountId()).ifPresent(request::tenantName);
    return request.build();
  }

  private Answer accepted(SendEmailResponse response) {
    String id = response.messageId();
    if (id == null || id.isEmpty()) {
      return new Answer.Lost("SES answered without an id");
    }
    String region = ses.serviceClientConfiguration().region().id();
    return new Answer.Accepted(
        id, Optional.of("<" + MessageIds.ofSes(id, region) + ">"), List.of(), false);
  }

  private static Answer answer(AwsServiceException e) {
    String reason = reason(e);
    if (e.isThrottlingException() || e instanceof LimitExceededException) {
      return new Answer.Busy(reason);
    }
    if (e instanceof MessageRejectedException
        || e instanceof MailFromDomainNotVerifiedException
        || e instanceof BadRequestException) {
      return new Answer.Refused(Optional.empty(), reason, List.of());
    }
    int status = e.statusCode();
    if (status >= SERVER_ERROR) {
      LOG.error("SES failed: it may have sent the mail all the same", e);
      return new Answer.Lost(reason);
    }
    if (isOperators(e)) {
      LOG.error("SES takes no mail until an operator mends this: {}", reason, e);
      return new Answer.Busy(reason);
    }
    return new Answer.Refused(Optional.empty(), reason, List.of());
  }

  /** A suspended account, paused sending, a missing configuration set, tenant or permission. */
  private static boolean isOperators(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return switch (code == null ? "" : code) {
      case "AccountSuspendedException", "SendingPausedException", "NotFoundException" -> true;
      default -> e.statusCode() != BAD_REQUEST && e.statusCode() != TOO_LARGE;
    };
  }

  private static String reason(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
        ? String.valueOf(e.getMessage())
        : e.awsErrorDetails().errorMessage();
  }

  /** Whether the line was never there: nothing can have been sent. */
  private static boolean neverConnected(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || (cause instanceof SocketTimeoutException
              && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("connect"))) {
        return true;
      }
    }
    return false;
  }
}
