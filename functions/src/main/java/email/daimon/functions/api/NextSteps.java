package email.daimon.functions.api;

import email.daimon.model.ApiKey.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps of the suggested steps the first four that this key may take now. A step that names a route
 * which would refuse the key, or which is not built yet, is left out.
 */
final class NextSteps {
  private static final int MOST = 4;
  private static final Pattern CALL =
      Pattern.compile("\\b(GET|POST|PATCH|DELETE|PUT) (/[^\\s,;)\"']*)");
  private final Router router;
  private final boolean signupOpen;

  NextSteps(Router router, boolean signupOpen) {
    this.router = router;
    this.signupOpen = signupOpen;
  }

  List<String> of(List<String> steps, List<String> hints, Optional<Scope> scope) {
    List<String> kept = new ArrayList<>();
    int room = MOST - Math.min(hints.size(), MOST);
    for (String step : steps) {
      if (kept.size() < room && possible(step, scope)) {
        kept.add(step);
      }
    }
    hints.stream().limit(MOST - kept.size()).forEach(kept::add);
    return kept;
  }

  private boolean possible(String step, Optional<Scope> scope) {
    Matcher call = CALL.matcher(step);
    while (call.find()) {
      String path = call.group(2).replaceFirst("[?].*", "").replaceFirst("[.:]+$", "");
      if (!(router.match(call.group(1), path) instanceof Router.Match.Found(Route route, _))
          || route.later()
          || !route.access().allows(scope)
          || (route.access() == Access.SIGNUP && scope.isEmpty() && !signupOpen)) {
        return false;
      }
    }
    return true;
  }
}
