package email.daimon.local.services;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what DynamoDB Local's store says of a table. It asks for that several times for each
 * item it writes, and each time reads it anew from its own tables, in its one thread. Whatever is
 * neither a read nor the write of an item makes it forget.
 */
final class TableInfos implements InvocationHandler {
  private static final String INFO = "getTableInfo";
  private static final Set<String> OF_ITEMS =
      Set.of(
          "putRecord",
          "deleteRecord",
          "queryRecords",
          "beginTransaction",
          "commitTransaction",
          "rollbackTransaction",
          "shardIsNotExpired",
          "listTables",
          "fetchAllTablesWithTimeToLiveEnabled",
          "findAndRolloverActiveShards",
          "numberOfSubscriberWideInflightOnlineCreateIndexesOperations");
  private final Object store;
  private final Map<Object, Object> infos = new ConcurrentHashMap<>();

  private TableInfos(Object store) {
    this.store = Objects.requireNonNull(store);
  }

  /** The store with this before it. */
  static Object before(Class<?> type, Object store) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new TableInfos(store));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals(INFO) && arguments != null && arguments[0] != null) {
      return info(method, arguments);
    }
    try {
      return ask(method, arguments);
    } finally {
      if (!method.getName().startsWith("get") && !OF_ITEMS.contains(method.getName())) {
        infos.clear();
      }
    }
  }

  private @Nullable Object info(Method method, Object[] arguments) throws Throwable {
    Object known = infos.get(arguments[0]);
    if (known != null) {
      return known;
    }
    Object read = ask(method, arguments);
    if (read != null) {
      infos.put(arguments[0], read);
    }
    return read;
  }

  private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
