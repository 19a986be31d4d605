package email.daimon.functions.priming;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.AdminApiHandler;
import email.daimon.functions.aws.AwsClientFactory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A process with a primed handler that forks into copies, as SnapStart makes them of one snapshot.
 * Only the thread that forks goes on in a copy: so nothing may be compiled or collected there, and
 * a copy ends without the JVM. Arguments: a folder for the answers, then the environment.
 */
final class Copies {
  private Copies() {}

  public static void main(String[] arguments) throws Throwable {
    Path folder = Path.of(arguments[0]);
    Map<String, String> environment = new HashMap<>();
    for (String line : List.of(arguments).subList(1, arguments.length)) {
      int cut = line.indexOf('=');
      environment.put(line.substring(0, cut), line.substring(cut + 1));
    }
    Priming.rehearse(environment, AdminApiHandler::rehearse);
    Wiring wiring = wiring(environment, new SecureRandom());
    AdminApiHandler handler = new AdminApiHandler(wiring);
    AdminApiHandler frozen = new AdminApiHandler(wiring(environment, new Random(1)));
    Scene scene = Scene.of(wiring);
    APIGatewayV2HTTPEvent warming = request(scene, "warming");
    var _ = handler.handleRequest(warming, new NoCall());
    var _ = frozen.handleRequest(warming, new NoCall());
    MethodHandle fork = function("fork", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    MethodHandle exit = function("_exit", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    MethodHandle wait =
        function(
            "waitpid",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    for (int copy = 0; copy < 2; copy++) {
      Instant forked = Instant.now();
      int child = (int) fork.invokeExact();
      if (child == 0) {
        APIGatewayV2HTTPEvent asked = request(scene, "agent");
        Files.writeString(folder.resolve("forked-" + copy), forked.toString());
        Files.writeString(
            folder.resolve("safe-" + copy), handler.handleRequest(asked, new NoCall()).getBody());
        Files.writeString(
            folder.resolve("frozen-" + copy), frozen.handleRequest(asked, new NoCall()).getBody());
        exit.invokeExact(0);
      }
      var _ = (int) wait.invokeExact(child, MemorySegment.NULL, 0);
    }
    exit.invokeExact(0);
  }

  private static Wiring wiring(Map<String, String> environment, RandomGenerator random) {
    return new Wiring(
        Settings.of(environment),
        AwsClientFactory.offline(environment, new RememberingServices()),
        InstantSource.system(),
        random);
  }

  private static APIGatewayV2HTTPEvent request(Scene scene, String username) {
    APIGatewayV2HTTPEvent request = scene.strangersRequest("POST", "/v1/inboxes");
    request.setBody("{\"username\":\"" + username + "\"}");
    return request;
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }
}
