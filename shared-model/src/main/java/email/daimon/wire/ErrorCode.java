package email.daimon.wire;

/**
 * Every code that an error can have, its HTTP status (RFC 9110, RFC 6585) and the line that the
 * errors page has for it.
 */
public enum ErrorCode {
  PAYLOAD_TOO_LARGE(413, "The request is over 5 MB; larger files go through uploads."),
  UNAUTHORIZED(401, "The key is missing, unknown or revoked."),
  SIGNUP_TOKEN_REQUIRED(
      401, "This deployment opens accounts only to who sends its X-Signup-Token."),
  KEY_SCOPE(403, "A key of this kind may not use this route or set this field."),
  ROUTE_NOT_FOUND(404, "No route has this path."),
  INBOX_NOT_FOUND(404, "There is no such inbox, or this key does not reach it."),
  MESSAGE_NOT_FOUND(404, "There is no such message, or this key does not reach it."),
  THREAD_NOT_FOUND(404, "There is no such thread, or this key does not reach it."),
  ATTACHMENT_NOT_FOUND(404, "There is no such attachment, or this key does not reach it."),
  MESSAGE_QUARANTINED(403, "The mail holds a virus: sender and subject are all that is shown."),
  CODE_NOT_FOUND(404, "There is no such code, or this key does not reach it."),
  KEY_NOT_FOUND(404, "There is no such key in this account."),
  DRAFT_NOT_FOUND(404, "There is no such draft, or this key does not reach it."),
  SUPPRESSION_NOT_FOUND(404, "This address is not suppressed in this account."),
  WEBHOOK_NOT_FOUND(404, "There is no such webhook in this account."),
  DELIVERY_NOT_FOUND(404, "This webhook was told of no such event in the last 30 days."),
  METHOD_NOT_ALLOWED(405, "The path exists, but not with this method; see the Allow header."),
  VALIDATION_ERROR(400, "A field or parameter is wrong; details names each."),
  NO_REPLY_ADDRESS(400, "The mail names nobody to whom an answer could go."),
  RECIPIENT_NEEDS_SMTPUTF8(
      400, "The part before the @ is not ASCII, which the mail's carrier does not take."),
  ATTACHMENT_TYPE_REFUSED(400, "The mail's carrier refuses files of this type."),
  IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used with another body."),
  CLIENT_ID_REUSED(422, "This client_id was used with another body."),
  IDEMPOTENCY_IN_FLIGHT(409, "The first request with this Idempotency-Key is still running."),
  SEND_REQUIRES_PAID(402, "The free tier receives only; sending needs a paid tier."),
  WEBHOOK_REQUIRES_PAID(402, "Webhooks need a paid tier; the free tier polls."),
  DOMAIN_REQUIRES_PAID(402, "Custom domains need a paid tier."),
  SMTP_REQUIRES_PAID(402, "SMTP submission needs a paid tier."),
  CARD_DECLINED(402, "The payment method was declined; nothing was charged or changed."),
  INBOX_LIMIT_EXCEEDED(402, "The tier's number of inboxes is used up."),
  UPGRADE_BY_OPERATOR(403, "This deployment takes no payments: its operator sets tiers."),
  SIGNUP_CLOSED(403, "This deployment opens no accounts."),
  ACCOUNT_SUSPENDED(403, "The account is suspended."),
  ACCOUNT_UNDER_REVIEW(
      403, "Too much of what the account sent bounced or was complained of: it only receives."),
  CODE_CONSUMED(409, "Another consumer has taken the code; it is not shown again."),
  RECIPIENT_SUPPRESSED(409, "A recipient bounced or complained before; nothing was sent."),
  LOOP_SUSPECTED(409, "Machines seem to answer each other; nothing was sent."),
  MESSAGE_ALREADY_SENDING(409, "The mail is being sent or was: it cannot be moved or cancelled."),
  MESSAGE_NOT_UNKNOWN(409, "What became of the mail is known: there is nothing to settle."),
  DRAFT_ALREADY_SENT(409, "The draft was sent; its message has what became of it."),
  REVISION_MISMATCH(412, "The draft was changed since it was read; read it again."),
  USERNAME_TAKEN(409, "Another inbox has, or once had, this address."),
  USERNAME_RESERVED(409, "This name belongs to the operator of the domain."),
  CLIENT_ID_RETIRED(409, "What this client_id made was deleted."),
  WEBHOOK_LIMIT_EXCEEDED(409, "The account or the inbox has as many webhooks as it may."),
  WEBHOOK_DISABLED(409, "The webhook is disabled: it is called again once it is active."),
  DELIVERY_OPEN(409, "The event is still on its way to the webhook."),
  LAST_ACCOUNT_KEY(409, "The account's last key cannot be revoked, only rotated."),
  SEND_LIMIT_EXCEEDED(429, "The day's sends are used up; they begin anew at 00:00 UTC."),
  RATE_LIMIT_EXCEEDED(429, "Too many requests of this kind; Retry-After says how long to wait."),
  NOT_YET(501, "This part of the platform is not built yet."),
  TRY_AGAIN(503, "The store is busy; nothing was changed. Retry-After says how long to wait."),
  INTERNAL_ERROR(500, "Something failed that should not; request_id finds it in the logs.");

  private final int status;
  private final String meaning;

  ErrorCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** One line for the errors page. */
  public String meaning() {
    return meaning;
  }
}
