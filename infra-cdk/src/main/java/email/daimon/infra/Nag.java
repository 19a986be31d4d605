package email.daimon.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/**
 * AWS's own review of a stack, with what this one does otherwise and why; the reasons lie in {@code
 * nag.json}.
 */
final class Nag {
  private static final String REASONS = "nag.json";

  private Nag() {}

  /**
   * A finding that is as it should be.
   *
   * @param on a resource type, or the start of logical ids
   * @param finding which of several that the rule finds; null where it finds one
   */
  record Reason(String rule, String on, @Nullable String finding, String reason) {
    Reason {
      Objects.requireNonNull(rule);
      Objects.requireNonNull(on);
      Objects.requireNonNull(reason);
    }

    NagPackSuppression suppression() {
      NagPackSuppression.Builder suppression = NagPackSuppression.builder().id(rule).reason(reason);
      if (finding != null) {
        suppression.appliesTo(List.of(finding));
      }
      return suppression.build();
    }
  }

  static void review(Stack stack) {
    List<Reason> reasons = reasons();
    for (IConstruct construct : stack.getNode().findAll()) {
      if (!(construct instanceof CfnResource resource)) {
        continue;
      }
      String id = String.valueOf(stack.resolve(resource.getLogicalId()));
      List<NagPackSuppression> suppressions =
          reasons.stream()
              .filter(reason ->
                  id.startsWith(reason.on()) || resource.getCfnResourceType().equals(reason.on()))
              .map(Reason::suppression)
              .toList();
      if (!suppressions.isEmpty()) {
        NagSuppressions.addResourceSuppressions(resource, suppressions);
      }
    }
    Aspects.of(stack).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
  }

  static List<Reason> reasons() {
    try (InputStream in = Nag.class.getResourceAsStream(REASONS)) {
      return new ObjectMapper().readValue(Objects.requireNonNull(in), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
