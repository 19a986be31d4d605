package email.daimon.understand.codes;

/** What words around numbers mean; {@code words.txt} holds the words. */
enum Meaning {
  CODE,
  STRONG,
  CODES,
  OTHER,
  NUMBER,
  MEETING,
  USE,
  PURPOSE,
  DEVICE,
  EXPIRE,
  SECRET,
  UNIT,
  MONEY,
  MONTH,
  PROMO,
  BOOKING;

  boolean isTrigger() {
    return this == CODE || this == STRONG;
  }
}
