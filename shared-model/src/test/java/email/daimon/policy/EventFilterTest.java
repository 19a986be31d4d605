package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.model.EventType;
import email.daimon.wire.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventFilterTest {
  @ParameterizedTest
  @CsvSource({
    // asked for, stored, shown
    "message.sent,                        message.sent,       message.sent",
    "message.delivered,                   message.sent,       message.delivered",
    "message.sent message.delivered,      message.sent,       message.sent",
    "message.delivered message.sent,      message.sent,       message.sent",
    "message.delivered message.delivered, message.sent,       message.delivered",
    "message.complaint,                   message.complained, message.complaint",
    "message.complained,                  message.complained, message.complained",
    "message.received,                    message.received,   message.received",
    "message.received,                    message.sent,       ",
    "message.received,                    message.invented,   ",
    "'',                                  message.sent,       message.sent",
    "'',                                  message.invented,   message.invented",
  })
  void aDeliveryIsFoundAndShownUnderTheNameThatWasAskedFor(
      String asked, String stored, String shown) {
    List<String> names = Stream.of(asked.split(" ")).filter(name -> !name.isEmpty()).toList();

    assertThat(EventFilter.of(names).shownAs(stored)).isEqualTo(Optional.ofNullable(shown));
  }

  @Test
  void aNameThatIsNoneIsToldFromTheOthersWithTheNearest() {
    List<String> asked = List.of("message.recieved", "message.sent", "message.complaint");

    assertThat(EventFilter.unknown(asked)).containsExactly("message.recieved");
    assertThat(Nearest.of("message.recieved", EventType.names())).contains("message.received");
    assertThatThrownBy(() -> EventFilter.of(asked)).hasMessageContaining("message.recieved");
  }

  @ParameterizedTest
  @EnumSource
  void eachTypeIsFoundByEachOfItsNames(EventType type) {
    assertThat(type.wireName())
        .isEqualTo(type.name().toLowerCase(Locale.ROOT).replaceFirst("_", "."));
    assertThat(EventType.named(type.wireName())).contains(type);
    type.alias().ifPresent(name -> assertThat(EventType.named(name)).contains(type));
    assertThat(EventType.names()).doesNotHaveDuplicates().contains(type.wireName());
  }
}
