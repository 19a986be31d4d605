package email.daimon.local.operate;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Questions to DNS, by the JDK's own client: a library of DNS would register itself as the resolver
 * of the whole JVM.
 */
public final class Dns {
  private static final String MILLISECONDS_FIRST = "2000";
  private static final String TRIES = "3";
  private final String server;

  private Dns(String server) {
    this.server = server;
  }

  /** The resolver that this machine is set up with. */
  public static Dns ofSystem() {
    return new Dns("dns:");
  }

  /** The server at this host and port. */
  public static Dns at(String host, int port) {
    return new Dns("dns://%s:%d".formatted(host, port));
  }

  /** Types of records that are asked for. */
  public enum Type {
    A,
    AAAA,
    CNAME,
    MX,
    TXT
  }

  /**
   * What is found under a name. Host names are in lower case and without the last dot; an MX is
   * {@code 10 host}; a TXT is put together from its strings.
   *
   * @param reached whether DNS gave an answer at all, be it that there is nothing
   */
  public record Answer(boolean reached, List<String> values) {
    public Answer {
      values = List.copyOf(values);
    }

    public boolean found() {
      return !values.isEmpty();
    }
  }

  // What a DNS context gives are texts: no object is made of them. Its settings are a Hashtable by
  // its interface.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  public Answer ask(String name, Type type) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, server);
    settings.put("com.sun.jndi.dns.timeout.initial", MILLISECONDS_FIRST);
    settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
    try {
      InitialDirContext context = new InitialDirContext(settings);
      try {
        Attribute found = context.getAttributes(name, new String[] {type.name()}).get(type.name());
        return new Answer(true, values(found, type));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException _) {
      return new Answer(true, List.of());
    } catch (NamingException _) {
      return new Answer(false, List.of());
    }
  }

  private static List<String> values(@org.jspecify.annotations.Nullable Attribute found, Type type)
      throws NamingException {
    List<String> values = new ArrayList<>();
    for (int i = 0; found != null && i < found.size(); i++) {
      String value = String.valueOf(found.get(i));
      values.add(
          type == Type.TXT ? joined(value) : value.toLowerCase(Locale.ROOT).replaceAll("\\.$", ""));
    }
    return values.stream().sorted().toList();
  }

  /** The strings of a TXT record as a zone file has them, put together without a blank between. */
  static String joined(String written) {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        text.append(written.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c != ' ' || quoted) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
