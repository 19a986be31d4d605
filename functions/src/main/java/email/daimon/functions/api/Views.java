package email.daimon.functions.api;

/** What {@code view} asks for: everything, or what a language model needs. */
final class Views {
  private Views() {}

  static boolean compact(Request request) {
    return request.query().choice("view", "full", "compact").orElse("full").equals("compact");
  }
}
