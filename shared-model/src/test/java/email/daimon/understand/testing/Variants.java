package email.daimon.understand.testing;

import email.daimon.understand.testing.VariantForms.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Every language with every client and style. Half of the pairs of language and client are held
 * out: rules are made looking at the open ones, and judged by those.
 */
public final class Variants {
  private Variants() {}

  /** The open variants, or those held out; always the same, in the same order. */
  public static List<Variant> of(boolean heldOut) {
    VariantForms forms = new VariantForms();
    List<Variant> variants = new ArrayList<>();
    for (String language : forms.languages()) {
      for (Layout layout : forms.layouts()) {
        if (isHeldOut(language, layout.client()) == heldOut) {
          variants.add(new VariantWriter(forms, language, layout).write());
        }
      }
    }
    return variants;
  }

  /** Whether a pair is held out: by its name alone, so that it stays so. */
  public static boolean isHeldOut(String language, String client) {
    int hash = (language + '/' + client).hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x45d9f3b;
    return ((hash ^ (hash >>> 16)) & 1) == 0;
  }
}
