package email.daimon.local.services;

import com.almworks.sqlite4java.SQLiteQueue;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Local in this process, without its telemetry. It is loaded by name: its licence does not
 * let it be compiled together with other programs, and with its jar on the class path the JDK makes
 * no start-up cache. So a start script names the jar by {@value #JAR}; Maven has it on the class
 * path. Put together as its {@code DynamoDBEmbedded.create} does, but with {@link SparedReads}
 * before its store, {@link CallersQueue} and {@link KnownSchemas} within.
 */
final class DynamoDbLocal implements Database {
  static final String JAR = "daimon.dynamodb.jar";
  static final String FILE = "tables.db";
  private static final String PACKAGE = "software.amazon.dynamodb.services.local.";

  /** As many as there. */
  private static final int BACKGROUND_JOBS = 10;

  private final ClassLoader loader;
  private final Object server;
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  /** Keeps its data in a file, or in memory without a disk. */
  DynamoDbLocal(Optional<Disk> disk) {
    try {
      loader = loader();
      server = server(disk);
      client = (DynamoDbClient) call(server.getClass().getMethod("dynamoDbClient"), server);
      streams =
          (DynamoDbStreamsClient)
              call(server.getClass().getMethod("dynamoDbStreamsClient"), server);
    } catch (ReflectiveOperationException | MalformedURLException e) {
      throw new ServiceException("DynamoDB Local 3.3.1 could not be started", e);
    }
  }

  private Object server(Optional<Disk> disk) throws ReflectiveOperationException {
    // Finds the native library as it is loaded.
    Class<?> embedded = type("embedded.DynamoDBEmbedded");
    Class<?> access = type("shared.access.LocalDBAccess");
    Class<?> sqlite = type("shared.access.sqlite.SQLiteDBAccess");
    KnownSchemas schemas = KnownSchemas.of(type("shared.access.sqlite.TableSchemaInfo"));
    schemas.before(mapper(sqlite));
    schemas.before(mapper(type("shared.access.sqlite.SQLiteDBAccessJob")));
    Object store =
        disk.isPresent()
            ? make(sqlite.getConstructor(File.class), disk.get().folder().resolve(FILE).toFile())
            : make(sqlite.getConstructor());
    Field field = field(sqlite, "queue");
    CallersQueue queue =
        new CallersQueue((SQLiteQueue) field.get(store), disk.map(Disk::synchronous).orElse("off"));
    field.set(store, queue);
    Class<?> register = type("shared.jobs.JobsRegister");
    Object jobs =
        make(
            register.getConstructor(ExecutorService.class, boolean.class),
            Executors.newFixedThreadPool(BACKGROUND_JOBS),
            false);
    Class<?> database = type("shared.access.LocalDBClient");
    Class<?> handler = type("embedded.DDBExceptionMappingInvocationHandler");
    return make(
        Class.forName(embedded.getName() + "$1", true, loader).getDeclaredConstructor(handler),
        make(
            handler.getDeclaredConstructor(database),
            make(
                database.getConstructor(access, register),
                SparedReads.before(access, store, queue, schemas),
                jobs)));
  }

  private static ObjectMapper mapper(Class<?> user) throws ReflectiveOperationException {
    return (ObjectMapper) field(user, "MAPPER").get(null);
  }

  private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name, true, loader);
  }

  @Override
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    try {
      call(server.getClass().getMethod("shutdown"), server);
    } catch (ReflectiveOperationException e) {
      throw new ServiceException("DynamoDB Local could not be stopped", e);
    }
  }

  private static ClassLoader loader() throws MalformedURLException {
    ClassLoader own = DynamoDbLocal.class.getClassLoader();
    String jar = System.getProperty(JAR);
    // Kept open for as long as the process lives: the server loads classes until its end.
    return jar == null ? own : new URLClassLoader(new URL[] {url(jar)}, own);
  }

  private static URL url(String jar) throws MalformedURLException {
    URI uri = Path.of(jar).toUri();
    return uri.toURL();
  }

  private static Object make(Constructor<?> constructor, Object... arguments)
      throws ReflectiveOperationException {
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ServiceException("DynamoDB Local: " + e.getCause(), e);
    }
  }

  private static Object call(Method method, @Nullable Object target)
      throws ReflectiveOperationException {
    try {
      method.setAccessible(true);
      return method.invoke(target);
    } catch (InvocationTargetException e) {
      throw new ServiceException("DynamoDB Local: " + e.getCause(), e);
    }
  }
}
