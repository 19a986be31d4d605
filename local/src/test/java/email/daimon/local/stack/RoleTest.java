package email.daimon.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.stack.Role.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {
  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, dynamodb:GetItem, true",
    "dynamodb:GetItem, dynamodb:GetItems, false",
    "dynamodb:*, dynamodb:GetItem, true",
    "*, anything, true",
    "I#*, I#inbox_1, true",
    "I#*, A#acc_1, false",
    "*/index/*, table/mail/index/by1, true",
    "*/index/*, table/mail, false",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-b-b-d, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a**, a, true",
    "C#*.x, C#1_x, false"
  })
  void patternsOfIam(String pattern, String text, boolean fits) {
    assertThat(Statement.like(pattern, text)).isEqualTo(fits);
  }
}
