package email.daimon.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/** A tenant sends with what it was given, and with nothing else. */
class TenantsTest {
  private static final String SES = "arn:aws:ses:us-east-1:000000000000:";
  @TempDir Path folder;
  private LocalSes ses;

  @BeforeEach
  void start() {
    ses = new LocalSes(folder, "ses-tenants", () -> Instant.parse("2026-11-21T10:15:30Z"));
  }

  @AfterEach
  void stop() {
    ses.close();
  }

  @Test
  void mailIsTakenOnlyOfATenantThatMaySendWithAllOfIt() {
    assertThatThrownBy(() -> send("acc_1"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Tenant <acc_1> does not exist");
    ses.client.createTenant(r -> r.tenantName("acc_1"));
    associate("identity/daimon.email");
    assertThatThrownBy(() -> send("acc_1"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("configuration-set/sending-events");
    associate("configuration-set/" + LocalSes.CONFIGURATION_SET);
    assertThat(send("acc_1")).isNotEmpty();
  }

  @Test
  void nothingIsMadeTwice() {
    ses.client.createTenant(r -> r.tenantName("acc_1"));
    assertThatThrownBy(() -> ses.client.createTenant(r -> r.tenantName("acc_1")))
        .isInstanceOf(AlreadyExistsException.class);
    associate("identity/daimon.email");
    assertThatThrownBy(() -> associate("identity/daimon.email"))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> ses.client.createTenant(r -> r.tenantName("no/name")))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void aRestartFindsThemAgain() {
    ses.client.createTenant(r -> r.tenantName("acc_1"));
    associate("identity/daimon.email");

    Tenants again = new Tenants(folder.resolve("ses"));

    assertThatThrownBy(() -> again.create("acc_1")).hasMessageContaining("already exists");
    again.associate("acc_1", SES + "configuration-set/x");
    again.check("acc_1", "daimon.email", "x");
  }

  private void associate(String resource) {
    ses.client.createTenantResourceAssociation(
        r -> r.tenantName("acc_1").resourceArn(SES + resource));
  }

  private String send(String tenant) {
    String mail = "From: agent@daimon.email\r\nTo: a@example.com\r\nSubject: x\r\n\r\nx";
    return ses.client
        .sendEmail(r ->
            r.content(c -> c.raw(raw -> raw.data(SdkBytes.fromUtf8String(mail))))
                .destination(to -> to.toAddresses("a@example.com"))
                .configurationSetName(LocalSes.CONFIGURATION_SET)
                .tenantName(tenant))
        .messageId();
  }
}
