package email.daimon.functions.api;

/** What is done to sends, in the words of the page that says how often. */
enum Injected {
  API_KILLED("API function killed after one of its calls"),
  WORKER_KILLED("worker killed after one of its calls, with up to five mails in its hands"),
  ATTEMPTS_CUT("attempts cut by such a kill, after the mark `attempting` and before what ends it"),
  TRANSACTION_CONFLICT("DynamoDB: transactions cancelled by a conflict"),
  WRITE_CONFLICT("DynamoDB: single writes refused because of a transaction"),
  TRANSACTION_RETRIED(
      "DynamoDB: transactions committed, answer lost below the SDK, which asks again"),
  WRITE_RETRIED("DynamoDB: single writes made, answer lost below the SDK, which asks again"),
  TRANSACTION_LOST("DynamoDB: transactions committed, the function hears an error"),
  WRITE_LOST("DynamoDB: single writes made, the function hears an error"),
  SES_LOST("SES: mail taken, answer lost"),
  SES_BROKEN("SES: connection dropped before the mail was taken"),
  SES_THROTTLED("SES: call throttled"),
  SES_REJECTED("SES: mail refused for good"),
  REPORTS_TWICE("SES: all reports of a mail made twice"),
  REPORTS_DOUBLED("queue of reports: doubled"),
  REPORTS_LATE("queue of reports: delivered 3 to 40 minutes late"),
  REPORTS_OVERTAKEN("queue of reports: delivered after a younger one of the same mail"),
  JOBS_DOUBLED("queue of mails: doubled"),
  JOBS_LATE("queue of mails: delivered 3 to 40 minutes late"),
  JOBS_OVERTAKEN("queue of mails: delivered after a younger one of the same mail"),
  JOBS_AGAIN("queue of mails: back after a kill, at once or after the visibility timeout");

  private final String words;

  Injected(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
