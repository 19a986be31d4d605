package email.daimon.functions.api;

import email.daimon.wire.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of routes, and what a method and a path find in it. */
public final class Router {
  private final List<Route> routes;

  public Router(List<Route> routes) {
    this.routes =
        routes.stream().sorted(Comparator.comparingInt(Route::literals).reversed()).toList();
    long names = routes.stream().map(Route::name).distinct().count();
    if (names != routes.size()) {
      throw new IllegalStateException("two routes have the same method and path");
    }
  }

  /** What a request line stands for. */
  public sealed interface Match {
    /** A route, with the path's parameters still encoded. */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /** The path exists, with these methods. */
    record WrongMethod(List<String> allowed) implements Match {}

    /** No such path; the nearest route's name. */
    record Unknown(String nearest) implements Match {}
  }

  public List<Route> routes() {
    return routes;
  }

  /** Finds the route of a request. */
  public Match match(String method, String path) {
    List<Route> samePath = routes.stream().filter(route -> route.match(path).isPresent()).toList();
    Optional<Route> found =
        samePath.stream().filter(route -> route.method().equals(method)).findFirst();
    if (found.isPresent()) {
      return new Match.Found(found.get(), found.get().match(path).orElseThrow());
    }
    if (!samePath.isEmpty()) {
      return new Match.WrongMethod(
          samePath.stream().map(Route::method).distinct().sorted().toList());
    }
    return new Match.Unknown(
        Nearest.closest(method + " " + path, routes.stream().map(Route::name).toList())
            .orElse("none"));
  }
}
