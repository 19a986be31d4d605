package email.daimon.functions.priming;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.Temporal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * What a handler holds when the snapshot is taken, looked through object by object: all copies will
 * have it, so there may be no time, no randomness but the system's, no id, no credentials and no
 * connection in it.
 */
class ReachableStateTest {
  private static final List<Function> FUNCTIONS =
      Stack.of(Template.load(), Map.of(), URI.create("http://localhost")).functions();

  @TestFactory
  List<DynamicTest> aHandlerHoldsNothingThatCopiesMayNotShare() {
    return FUNCTIONS.stream()
        .map(function ->
            DynamicTest.dynamicTest(
                function.id(), () -> assertThat(frozen(handler(function))).isEmpty()))
        .toList();
  }

  @Test
  void whatMayNotBeSharedIsFound() {
    record Holder(Optional<Object> held) {}
    for (Object held :
        List.of(new Random(), java.time.Instant.EPOCH, UUID.randomUUID(), new Date())) {
      Object[] graph = {List.of(Map.of("key", new Holder(Optional.of(held))))};
      assertThat(frozen(graph)).hasSize(1);
    }
  }

  private static Object handler(Function function) throws ReflectiveOperationException {
    Map<String, String> environment = PrimingTest.environment(function);
    return Class.forName(function.handler())
        .getConstructor(Wiring.class)
        .newInstance(
            new Wiring(
                Settings.of(environment),
                AwsClientFactory.fromEnvironment(environment),
                InstantSource.system(),
                new SecureRandom()));
  }

  /** Where in the graph of an object there is what may not be there. */
  private static List<String> frozen(Object root) {
    record Place(Object object, String path) {}
    List<String> found = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Place> waiting = new ArrayDeque<>(List.of(new Place(root, "")));
    while (!waiting.isEmpty()) {
      Place place = waiting.pop();
      if (!seen.add(place.object)) {
        continue;
      }
      String path = place.path + "/" + place.object.getClass().getSimpleName();
      if (isFrozen(place.object)) {
        found.add(path);
      }
      held(place.object).forEach(each -> waiting.push(new Place(each, path)));
    }
    return found;
  }

  private static boolean isFrozen(Object object) {
    return object instanceof Temporal
        || object instanceof Date
        || object instanceof UUID
        || object instanceof Socket
        || object instanceof AwsCredentials
        || (object instanceof RandomGenerator && !(object instanceof SecureRandom));
  }

  private static List<Object> held(Object object) {
    List<Object> held = new ArrayList<>();
    switch (object) {
      case Optional<?> optional -> optional.ifPresent(held::add);
      case AtomicReference<?> reference -> add(held, reference.get());
      case Map<?, ?> map -> {
        held.addAll(map.keySet());
        held.addAll(map.values());
      }
      case Collection<?> collection -> collection.forEach(each -> add(held, each));
      case Object[] array -> {
        for (int i = 0; i < Array.getLength(array); i++) {
          add(held, array[i]);
        }
      }
      default -> fields(object, held);
    }
    return held;
  }

  // The JDK keeps its own objects to itself; what it holds for us is in the cases above.
  private static void fields(Object object, List<Object> held) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getModule().isNamed()) {
        return;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          add(held, read(field, object));
        }
      }
    }
  }

  private static Object read(Field field, Object object) {
    AccessibleObject.setAccessible(new AccessibleObject[] {field}, true);
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(List<Object> held, Object object) {
    if (object != null) {
      held.add(object);
    }
  }
}
