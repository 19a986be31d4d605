package email.daimon.mime.tnef;

/** Turns bytes of one of Microsoft's code pages into text; any bytes give one. */
@FunctionalInterface
public interface CodePages {
  /**
   * Decodes.
   *
   * @param codePage its number, such as 1252 or 65001; 0 where none is named
   */
  String decode(byte[] bytes, int offset, int length, int codePage);
}
