package email.daimon.local.operate;

/** The APIs that operators' commands call. */
public enum AwsApi {
  STS("sts", "sts", "2011-06-15"),
  CLOUDFORMATION("cloudformation", "cloudformation", "2010-05-15"),
  /** Version 1: receipt rules are nowhere else. */
  SES("email", "ses", "2010-12-01"),
  SESV2("email", "ses", ""),
  LAMBDA("lambda", "lambda", "");

  private final String host;
  private final String signingName;
  private final String version;

  AwsApi(String host, String signingName, String version) {
    this.host = host;
    this.signingName = signingName;
    this.version = version;
  }

  /** The first label of its host. */
  String host() {
    return host;
  }

  String signingName() {
    return signingName;
  }

  /** Of the query protocol; empty where the API speaks JSON. */
  String version() {
    return version;
  }
}
