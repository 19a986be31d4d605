package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A stack as it is in AWS: the names that its parts got, and what its functions are told. */
public final class DeployedStack {
  private final AwsCalls aws;
  private final String name;

  public DeployedStack(AwsCalls aws, String name) {
    this.aws = requireNonNull(aws, "aws is null");
    this.name = requireNonNull(name, "name is null");
  }

  /** The name that a part of the template got; empty where the stack has no such part. */
  public Optional<String> physicalName(String logicalId) {
    return aws
        .query(AwsApi.CLOUDFORMATION, "DescribeStackResources", Map.of("StackName", name))
        .members("StackResources")
        .stream()
        .filter(part -> part.text("LogicalResourceId").equals(Optional.of(logicalId)))
        .findFirst()
        .flatMap(part -> part.text("PhysicalResourceId"));
  }

  /** The first part of this type. */
  public Optional<String> firstOf(String type) {
    return aws
        .query(AwsApi.CLOUDFORMATION, "DescribeStackResources", Map.of("StackName", name))
        .members("StackResources")
        .stream()
        .filter(part -> part.text("ResourceType").equals(Optional.of(type)))
        .findFirst()
        .flatMap(part -> part.text("PhysicalResourceId"));
  }

  public Map<String, String> outputs() {
    Map<String, String> outputs = new HashMap<>();
    aws.query(AwsApi.CLOUDFORMATION, "DescribeStacks", Map.of("StackName", name))
        .members("Outputs")
        .forEach(output ->
            outputs.put(
                output.text("OutputKey").orElse(""), output.text("OutputValue").orElse("")));
    return outputs;
  }

  /** The environment of the stack's functions: tables, queues, bucket, domain. */
  public Map<String, String> environment() {
    String function =
        physicalName("ApiAdminFunction")
            .orElseThrow(() ->
                new OperatorException(
                    "stack %s in %s is none of daimon's: it has no ApiAdminFunction"
                        .formatted(name, aws.region())));
    JsonNode configuration =
        aws.get(
            AwsApi.LAMBDA,
            "/2015-03-31/functions/%s/configuration"
                .formatted(URLEncoder.encode(function, StandardCharsets.UTF_8)));
    Map<String, String> environment = new HashMap<>();
    configuration
        .at("/Environment/Variables")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
    environment.put("AWS_REGION", aws.region());
    return environment;
  }
}
