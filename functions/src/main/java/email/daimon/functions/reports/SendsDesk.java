package email.daimon.functions.reports;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.Sends;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports into the mails that they are about. */
public final class SendsDesk implements NewsDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SendsDesk.class);
  private final Accounts accounts;
  private final Sends sends;

  public SendsDesk(Accounts accounts, Sends sends) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.sends = requireNonNull(sends, "sends is null");
  }

  @Override
  public List<DeliveryNews> reportTogether(List<DeliveryNews> news) {
    return sends.reportTogether(news);
  }

  @Override
  public void report(DeliveryNews news) {
    Optional<Account> account = accounts.find(news.tags().accountId());
    if (account.isEmpty() || !sends.report(account.get(), news)) {
      LOG.info("{} of {}: there is no such mail", news.kind(), news.tags().message().id());
    }
  }
}
