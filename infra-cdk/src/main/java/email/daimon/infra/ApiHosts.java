package email.daimon.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.constructs.Construct;

/** The names under which the API answers: their certificate, and the records that lead there. */
final class ApiHosts extends Construct {
  ApiHosts(Construct scope) {
    super(scope, "ApiHosts");
  }

  /**
   * A certificate for all hosts. With a zone its records are set by CloudFormation; without one the
   * deployment waits for them, and its events show them.
   */
  Map<String, Object> certificate(List<String> hosts, Optional<String> zone) {
    CfnCertificate.Builder certificate =
        CfnCertificate.Builder.create(this, "Certificate")
            .domainName(hosts.getFirst())
            .subjectAlternativeNames(hosts.subList(1, hosts.size()))
            .validationMethod("DNS");
    zone.ifPresent(id ->
        certificate.domainValidationOptions(
            hosts.stream()
                .map(host ->
                    CfnCertificate.DomainValidationOptionProperty.builder()
                        .domainName(host)
                        .hostedZoneId(id)
                        .build())
                .toList()));
    CfnCertificate made = certificate.build();
    return Map.of("Ref", made.getStack().resolve(made.getLogicalId()));
  }

  /** Leads a name to the custom domain of the API with this logical id. */
  static void record(Dns dns, String id, String host, boolean apex) {
    dns.add(
        new DnsRecord(
            apex ? DnsRecord.Kind.APEX : DnsRecord.Kind.API,
            id,
            host,
            DnsRecord.Type.A,
            List.of(Fn.getAtt(id, "RegionalDomainName").toString()),
            Optional.of(Fn.getAtt(id, "RegionalHostedZoneId").toString())));
  }
}
