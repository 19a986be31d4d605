package email.daimon.local.services;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Spares DynamoDB Local's store, which has one thread, reads whose answers are known: what a table
 * is like, asked several times for each item that is written; and in a transaction, which has its
 * tables to itself and may name an item only once, that an item is not there, asked twice.
 */
final class SparedReads implements InvocationHandler {
  /** What changes no table, beside what only gets. */
  private static final Set<String> OF_ITEMS =
      Set.of(
          "putRecord",
          "deleteRecord",
          "queryRecords",
          "shardIsNotExpired",
          "listTables",
          "fetchAllTablesWithTimeToLiveEnabled",
          "findAndRolloverActiveShards",
          "numberOfSubscriberWideInflightOnlineCreateIndexesOperations");

  private final Object store;
  private final CallersQueue queue;
  private final KnownSchemas schemas;
  private final Map<Object, Object> tables = new ConcurrentHashMap<>();

  /** Of the transaction that this thread is in, if any. */
  private static final ThreadLocal<@Nullable Set<List<Object>>> ABSENT = new ThreadLocal<>();

  private SparedReads(Object store, CallersQueue queue, KnownSchemas schemas) {
    this.store = Objects.requireNonNull(store);
    this.queue = Objects.requireNonNull(queue);
    this.schemas = Objects.requireNonNull(schemas);
  }

  /**
   * The store with this before it.
   *
   * @param type the store's interface
   * @param queue by which the store works
   * @param schemas what it knows of tables
   */
  static Object before(Class<?> type, Object store, CallersQueue queue, KnownSchemas schemas) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new SparedReads(store, queue, schemas));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "getTableInfo" -> table(method, Objects.requireNonNull(arguments));
      case "getRecord" -> item(method, Objects.requireNonNull(arguments));
      case "beginTransaction" -> {
        Object begun = ask(method, arguments);
        ABSENT.set(new HashSet<>());
        yield begun;
      }
      case "commitTransaction" -> {
        ABSENT.remove();
        yield queue.loudly(() -> ask(method, arguments));
      }
      case "rollbackTransaction" -> {
        ABSENT.remove();
        yield ask(method, arguments);
      }
      default -> other(method, arguments);
    };
  }

  private @Nullable Object table(Method method, Object[] arguments) throws Throwable {
    Object known = tables.get(arguments[0]);
    if (known != null) {
      return known;
    }
    Object read = ask(method, arguments);
    if (read != null) {
      tables.put(arguments[0], read);
    }
    return read;
  }

  private @Nullable Object item(Method method, Object[] arguments) throws Throwable {
    Set<List<Object>> known = ABSENT.get();
    if (known == null) {
      return ask(method, arguments);
    }
    List<Object> item = List.of(arguments);
    if (known.remove(item)) {
      return null;
    }
    Object read = ask(method, arguments);
    if (read == null) {
      known.add(item);
    }
    return read;
  }

  private @Nullable Object other(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return ask(method, arguments);
    } finally {
      if (!method.getName().startsWith("get") && !OF_ITEMS.contains(method.getName())) {
        tables.clear();
        schemas.forget();
      }
    }
  }

  private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
