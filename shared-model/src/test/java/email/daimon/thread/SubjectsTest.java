package email.daimon.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {
  @ParameterizedTest(name = "{0} -> {1}, answered as {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Offer                    | Offer               | Re: Offer",
        "Re: Offer                | Offer               | Re: Offer",
        "RE: AW: Fwd:  Offer      | Offer               | RE: AW: Fwd:  Offer",
        "Re[2]: Offer             | Offer               | Re[2]: Offer",
        "Re^3: Offer              | Offer               | Re^3: Offer",
        "SV: Offer                | Offer               | SV: Offer",
        "回复：Offer               | Offer               | 回复：Offer",
        "Antw.: Offer             | Antw.: Offer        | Re: Antw.: Offer",
        "Fwd: Offer               | Offer               | Re: Fwd: Offer",
        "Offer (fwd)              | Offer               | Re: Offer (fwd)",
        "Report: all is well      | Report: all is well | Re: Report: all is well",
        "Reminder: pay            | Reminder: pay       | Re: Reminder: pay",
        "10:30 works              | 10:30 works         | Re: 10:30 works",
      })
  void marksOfAnswersAndForwardsAreKnown(String subject, String base, String reply) {
    assertThat(Subjects.base(subject)).isEqualTo(base);
    assertThat(Subjects.reply(subject)).isEqualTo(reply);
  }

  @ParameterizedTest(name = "{0}, forwarded as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Offer       | Fwd: Offer",
        "Re: Offer   | Fwd: Re: Offer",
        "Fwd: Offer  | Fwd: Offer",
        "WG: Offer   | WG: Offer",
        "转发：Offer  | 转发：Offer",
        "''          | Fwd:",
      })
  void aForwardIsMarkedOnce(String subject, String forward) {
    assertThat(Subjects.forward(subject)).isEqualTo(forward);
  }
}
