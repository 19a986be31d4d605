package email.daimon.local.wiring;

import email.daimon.local.roles.Witness;
import email.daimon.local.stack.Role.Call;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What each function looked up and asked for, each kind of call once, with one example. */
final class Records implements Witness {
  private final Map<String, Set<String>> read = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Call>> calls = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  @Override
  public void read(String function, String variable) {
    read.computeIfAbsent(function, _ -> ConcurrentHashMap.newKeySet()).add(variable);
  }

  @Override
  public void called(String function, Call call, boolean allowed) {
    calls.computeIfAbsent(function, _ -> new ConcurrentHashMap<>()).putIfAbsent(kind(call), call);
    if (!allowed) {
      refused.add(function + " " + kind(call));
    }
  }

  /** Variables that each function has looked up. */
  Map<String, Set<String>> read() {
    Map<String, Set<String>> sorted = new TreeMap<>();
    read.forEach((function, names) -> sorted.put(function, new TreeSet<>(names)));
    return sorted;
  }

  /** By function, then by the kind of call: one call of that kind. */
  Map<String, Map<String, Call>> calls() {
    Map<String, Map<String, Call>> sorted = new TreeMap<>();
    calls.forEach((function, kinds) -> sorted.put(function, new TreeMap<>(kinds)));
    return sorted;
  }

  /** Calls that were refused when they were made. */
  Set<String> refused() {
    return new TreeSet<>(refused);
  }

  /** The call without what differs from mail to mail. */
  static String kind(Call call) {
    String resource = call.resource();
    if (resource.startsWith("arn:aws:s3:::") && resource.indexOf('/') > 0) {
      String key = resource.substring(resource.indexOf('/') + 1);
      resource = resource.substring(0, resource.indexOf('/') + 1) + key.replaceFirst("/.*", "/*");
    }
    resource = resource.replaceFirst("tenant/.*", "tenant/*").replaceFirst("^arn:aws:", "");
    String keys =
        call.keys().values().stream()
            .flatMap(Set::stream)
            .map(value -> value.replaceFirst("[#/].*", ""))
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return call.action() + " " + resource + (keys.isEmpty() ? "" : " [" + keys + "]");
  }
}
