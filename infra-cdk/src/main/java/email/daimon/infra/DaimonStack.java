package email.daimon.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.cloudformation.include.CfnInclude;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** template.yaml, unchanged in all that it says, with what a single operator's domain needs. */
public final class DaimonStack extends Stack {
  DaimonStack(Construct scope, Settings settings, Path workFolder) {
    super(
        scope,
        settings.stackName(),
        StackProps.builder().description("daimon, an email platform for AI agents").build());
    if (!Files.isRegularFile(settings.functions())) {
      throw new InfraException(
          "functions: no file "
              + settings.functions()
              + "; mvn -q package -pl functions,infra-cdk -am makes it");
    }
    Asset code =
        Asset.Builder.create(this, "Functions").path(settings.functions().toString()).build();
    Dns dns = new Dns(this, settings);
    Template template =
        Template.read(settings.template())
            .withParameters(parameters(settings, code.getAssetHash()));
    template = withCode(withCertificate(template, settings, dns), code);
    Parts parts = new Parts(template);
    CfnInclude included = include(template, workFolder);

    parts
        .hosts()
        .forEach((host, id) -> ApiHosts.record(dns, id, host, host.equals(settings.domain())));
    ReceiptRuleActivation activation =
        new ReceiptRuleActivation(this, settings, parts.receiptRules(), revision(template));
    new MailDomain(this, settings, dns, activation);
    Operator operator = new Operator(this, settings);
    for (String id : parts.alarms()) {
      included
          .getResource(id)
          .addPropertyOverride("AlarmActions", List.of(operator.topic().getTopicArn()));
    }
    new Alarms(this, parts, operator);
    new Overview(this, parts);
  }

  /** What follows from the domain and the code, unless it is given. */
  private static Map<String, String> parameters(Settings settings, String codeHash) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("Domain", settings.domain());
    parameters.put("PublicUrl", "https://api." + settings.domain());
    parameters.put("LogDays", String.valueOf(settings.logDays()));
    switch (settings.certificate()) {
      case Settings.Certificate.Existing(String arn) -> parameters.put("CertificateArn", arn);
      case Settings.Certificate.None() -> parameters.put("CertificateArn", "");
      case Settings.Certificate.Created() -> {}
    }
    parameters.putAll(settings.parameters());
    parameters.put("CodeSha256", sha256(codeHash + parameters));
    return parameters;
  }

  private Template withCertificate(Template template, Settings settings, Dns dns) {
    if (!(settings.certificate() instanceof Settings.Certificate.Created)) {
      return template;
    }
    List<String> hosts = List.copyOf(new Parts(template).hosts().keySet());
    return template.withReference(
        "CertificateArn", new ApiHosts(this).certificate(hosts, dns.zoneId()));
  }

  /** SAM's own upload is not used: the zip that Maven made is an asset. */
  private Template withCode(Template template, Asset code) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("Bucket", resolve(code.getS3BucketName()));
    place.put("Key", code.getS3ObjectKey());
    return template.withFunctions(globals -> {
      globals.put("CodeUri", place);
      return globals;
    });
  }

  private CfnInclude include(Template template, Path workFolder) {
    List<String> untyped = new ArrayList<>(template.untyped());
    CfnInclude included =
        CfnInclude.Builder.create(this, "Template")
            .templateFile(template.write(workFolder.resolve("template.json")).toString())
            .dehydratedResources(untyped)
            .build();
    // What the CDK takes as it is loses its name and these two on the way.
    for (String id : untyped) {
      included.getResource(id).overrideLogicalId(id);
      for (String attribute : List.of("Condition", "DependsOn")) {
        if (template.resource(id).containsKey(attribute)) {
          included.getResource(id).addOverride(attribute, template.resource(id).get(attribute));
        }
      }
    }
    return included;
  }

  private static String revision(Template template) {
    try {
      return sha256(new ObjectMapper().writeValueAsString(template.section("Resources")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
