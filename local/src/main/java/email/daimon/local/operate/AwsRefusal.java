package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

/** AWS answered a call with an error. */
public final class AwsRefusal extends OperatorException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String said;

  AwsRefusal(String call, String code, String said) {
    super("%s was refused by AWS: %s: %s".formatted(call, code, said));
    this.code = requireNonNull(code, "code is null");
    this.said = requireNonNull(said, "said is null");
  }

  /** As AWS names it, such as {@code AccessDenied} or {@code ValidationError}. */
  public String code() {
    return code;
  }

  /** AWS's own sentence. */
  public String said() {
    return said;
  }

  /** Whether it is about what the caller may do. */
  public boolean denied() {
    return code.startsWith("AccessDenied") || code.equals("UnauthorizedOperation");
  }
}
