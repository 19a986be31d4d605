package email.daimon.local.wiring;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ServiceClientConfiguration;
import software.amazon.awssdk.services.sesv2.model.CreateTenantRequest;
import software.amazon.awssdk.services.sesv2.model.CreateTenantResourceAssociationRequest;
import software.amazon.awssdk.services.sesv2.model.CreateTenantResourceAssociationResponse;
import software.amazon.awssdk.services.sesv2.model.CreateTenantResponse;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;

/** SES as it is when all is well: it takes each mail under the id of the samples. */
final class TakingSes {
  private static final String ID = "01000199a1b2c3d4-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0-000000";
  private final List<String> attempts = new CopyOnWriteArrayList<>();
  private final Queue<String> tenants = new ConcurrentLinkedQueue<>();

  /** The attempts that brought a mail each, by its tag. */
  List<String> attempts() {
    return attempts;
  }

  Queue<String> tenants() {
    return tenants;
  }

  SesV2Client client() {
    return new SesV2Client() {
      @Override
      public SendEmailResponse sendEmail(SendEmailRequest mail) {
        mail.emailTags().stream()
            .filter(tag -> tag.name().equals("attempt"))
            .forEach(tag -> attempts.add(tag.value()));
        return SendEmailResponse.builder().messageId(ID).build();
      }

      @Override
      public CreateTenantResponse createTenant(CreateTenantRequest tenant) {
        tenants.add(tenant.tenantName());
        return CreateTenantResponse.builder().build();
      }

      @Override
      public CreateTenantResourceAssociationResponse createTenantResourceAssociation(
          CreateTenantResourceAssociationRequest resource) {
        return CreateTenantResourceAssociationResponse.builder().build();
      }

      @Override
      public SesV2ServiceClientConfiguration serviceClientConfiguration() {
        return SesV2ServiceClientConfiguration.builder().region(Region.US_EAST_1).build();
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }
}
