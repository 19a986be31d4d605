package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rule 4.3: any arrival order of a conversation of 12 mails gives one thread. */
final class ConversationTest {
  private static final int MAILS = 12;

  @Property(tries = 40)
  void anyArrivalOrderGivesOneThread(@ForAll long seed) {
    EmulatedServices.deleteTablesOfTests();
    Random random = new Random(seed);
    StoreTestHouse house = new StoreTestHouse();
    List<TestMail> mails = conversation(random);
    Collections.shuffle(mails, random);
    List<Job> jobs = new ArrayList<>();
    boolean conflicts = random.nextBoolean();
    if (conflicts) {
      EmulatedServices.shared()
          .faults()
          .randomly(new Fault(Step.DB_WRITE, Action.CONFLICT, Duration.ZERO), 0.2, random);
    }
    try {
      int most = random.nextBoolean() ? 1 : MAILS;
      for (int from = 0, to; from < MAILS; from = to) {
        to = Math.min(MAILS, from + 1 + random.nextInt(most));
        house.storeTogether(mails.subList(from, to)).forEach(one -> jobs.addAll(one.jobs()));
      }
      Collections.shuffle(jobs, random);
      house.run(jobs);
    } finally {
      EmulatedServices.shared().faults().clear();
    }

    assertThat(house.listedThreads()).hasSize(1);
    String threadId = house.listedThreads().getFirst().id();
    assertThat(house.messages()).hasSize(MAILS);
    assertThat(house.messages()).extracting(Message::threadId).containsOnly(threadId);
    assertThat(house.inThread(threadId)).hasSize(MAILS);
    assertThat(house.mailbox.counters(StoreTestHouse.INBOX).threads()).isEqualTo(1);
    assertThat(house.listedThreads().getFirst().messages()).isEqualTo(MAILS);
    assertThat(house.due()).isEmpty();
  }

  /** A tree of answers; each mail names its parent, or its ancestors, or both. */
  private static List<TestMail> conversation(Random random) {
    int style = random.nextInt(3);
    List<TestMail> mails = new ArrayList<>();
    List<List<String>> chains = new ArrayList<>();
    for (int i = 0; i < MAILS; i++) {
      TestMail mail = TestMail.named("m" + i);
      List<String> chain = new ArrayList<>();
      if (i > 0) {
        int parent = random.nextInt(i);
        chain.addAll(chains.get(parent));
        chain.add("m" + parent);
        if (style != 1) {
          mail = mail.answering("m" + parent);
        }
        if (style != 0) {
          mail = mail.after(chain.toArray(String[]::new));
        }
      }
      chains.add(chain);
      mails.add(mail);
    }
    return mails;
  }
}
