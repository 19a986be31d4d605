package email.daimon.infra;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.route53.CfnHostedZone;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.constructs.Construct;

/** The domain's records: set where the zone is ours, else printed for who sets them. */
final class Dns extends Construct {
  private static final String TIME_TO_LIVE = "300";

  private final Settings settings;
  private final Optional<String> zoneId;

  Dns(Construct scope, Settings settings) {
    super(scope, "Dns");
    this.settings = Objects.requireNonNull(settings);
    zoneId =
        switch (settings.zone()) {
          case Settings.Zone.Existing(String id) -> Optional.of(id);
          case Settings.Zone.Created() -> Optional.of(createdZone());
          case Settings.Zone.Elsewhere() -> Optional.empty();
        };
  }

  /** The zone in which records can be set, if there is one. */
  Optional<String> zoneId() {
    return zoneId;
  }

  /** Sets or prints a record; what was set is returned, so that others may come before it. */
  Optional<CfnRecordSet> add(DnsRecord record) {
    if (zoneId.isEmpty() || !settings.records().contains(record.kind())) {
      CfnOutput.Builder.create(this, record.id())
          .description("DNS record to set by hand")
          .value(record.line())
          .build();
      return Optional.empty();
    }
    CfnRecordSet.Builder set =
        CfnRecordSet.Builder.create(this, record.id())
            .hostedZoneId(zoneId.get())
            .name(record.name())
            .type(record.type().name());
    record
        .aliasZone()
        .ifPresentOrElse(
            alias ->
                set.aliasTarget(
                    CfnRecordSet.AliasTargetProperty.builder()
                        .dnsName(record.values().getFirst())
                        .hostedZoneId(alias)
                        .build()),
            () -> set.ttl(TIME_TO_LIVE).resourceRecords(values(record)));
    return Optional.of(set.build());
  }

  private static List<String> values(DnsRecord record) {
    return record.type() == DnsRecord.Type.TXT
        ? record.values().stream().map(value -> '"' + value + '"').toList()
        : record.values();
  }

  private String createdZone() {
    CfnHostedZone zone = CfnHostedZone.Builder.create(this, "Zone").name(settings.domain()).build();
    zone.applyRemovalPolicy(RemovalPolicy.RETAIN);
    CfnOutput.Builder.create(this, "NameServers")
        .description("Name servers to which the registrar or the parent zone must point")
        .value(Fn.join(" ", zone.getAttrNameServers()))
        .build();
    return zone.getAttrId();
  }
}
