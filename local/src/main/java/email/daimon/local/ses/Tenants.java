package email.daimon.local.ses;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tenants of this SES and what each may send with, kept in a file. Source: Amazon SES developer
 * guide, "Tenants"; API reference v2, CreateTenant and CreateTenantResourceAssociation.
 */
public final class Tenants {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "[A-Za-z0-9_-]{1,64}";
  private final Path file;
  private final Map<String, Set<String>> resources = new TreeMap<>();

  /** Those of a folder, which need not be there. */
  public Tenants(Path folder) {
    file = Objects.requireNonNull(folder).resolve("tenants.json");
    try {
      if (Files.exists(file)) {
        resources.putAll(
            JSON.readValue(file.toFile(), new TypeReference<Map<String, TreeSet<String>>>() {}));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  synchronized void create(String name) {
    if (!name.matches(NAME)) {
      throw SesRefusal.badRequest("Invalid tenant name '%s'.".formatted(name));
    }
    if (resources.containsKey(name)) {
      throw SesRefusal.alreadyExists("Tenant <%s> already exists.".formatted(name));
    }
    resources.put(name, new TreeSet<>());
    save();
  }

  synchronized void associate(String name, String resource) {
    if (!known(name).add(resource)) {
      throw SesRefusal.alreadyExists("<%s> is associated with <%s>.".formatted(resource, name));
    }
    save();
  }

  /** Throws a {@link SesRefusal} unless the tenant may send with both. */
  synchronized void check(String name, String identity, String configurationSet) {
    Set<String> allowed = known(name);
    for (String wanted : Set.of("identity/" + identity, "configuration-set/" + configurationSet)) {
      if (allowed.stream().noneMatch(arn -> arn.endsWith(":" + wanted))) {
        throw SesRefusal.badRequest(
            "<%s> is not associated with tenant <%s>.".formatted(wanted, name));
      }
    }
  }

  private Set<String> known(String name) {
    Set<String> known = resources.get(name);
    if (known == null) {
      throw SesRefusal.notFound("Tenant <%s> does not exist.".formatted(name));
    }
    return known;
  }

  // The new file takes the old one's place at once: a kill leaves one of them.
  private void save() {
    Path next = file.resolveSibling("tenants.json.next");
    try {
      Files.createDirectories(file.getParent());
      Files.write(next, JSON.writeValueAsBytes(resources));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
