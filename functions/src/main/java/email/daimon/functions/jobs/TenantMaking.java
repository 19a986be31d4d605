package email.daimon.functions.jobs;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.DeferredException;
import java.util.List;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/**
 * Gives an account a tenant of its own at SES, so that its bounces and complaints are its own. It
 * is used only when it may send: the account learns of it last. Every step can be run twice.
 */
public final class TenantMaking {
  private final SesV2Client ses;
  private final List<String> resources;
  private final Accounts accounts;

  /**
   * @param resources ARNs of the identity and the configuration set that mail is sent with
   */
  public TenantMaking(SesV2Client ses, List<String> resources, Accounts accounts) {
    this.ses = requireNonNull(ses, "ses is null");
    this.resources = List.copyOf(resources);
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /**
   * Makes the tenant, with the account's id as its name.
   *
   * @throws DeferredException where SES is asked too much
   */
  void make(String accountId) {
    try {
      unlessThere(() -> ses.createTenant(request -> request.tenantName(accountId)));
      for (String resource : resources) {
        unlessThere(() ->
            ses.createTenantResourceAssociation(
                request -> request.tenantName(accountId).resourceArn(resource)));
      }
    } catch (TooManyRequestsException e) {
      throw new DeferredException("SES is asked for too many tenants", e);
    }
    accounts.setTenant(accountId, accountId);
  }

  private static void unlessThere(Runnable call) {
    try {
      call.run();
    } catch (AlreadyExistsException made) {
      // By an earlier run that was cut off.
    }
  }
}
