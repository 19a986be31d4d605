package email.daimon.understand.css;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The style sheets of a mail, found by id, class and type of an element. Knows 50,000 rules, and
 * gives up on sheets that ask for half a million comparisons: it says so, for what it did not read
 * may hide anything.
 */
public final class StyleSheets {
  private static final int RULES = 50_000;
  private static final int COMPARISONS = 500_000;

  /** Each once, where it stands last: its rules win over those before, whoever repeats it. */
  private final LinkedHashSet<String> sheets = new LinkedHashSet<>();

  private final Map<String, List<Rule>> byId = new HashMap<>();
  private final Map<String, List<Rule>> byClass = new HashMap<>();
  private final Map<String, List<Rule>> byTag = new HashMap<>();
  private final List<Rule> others = new ArrayList<>();
  private final Map<String, List<Declaration>> inline = new HashMap<>();
  private final Variables variables = new Variables();
  private int rules;
  private boolean unread;
  private final Budget budget = new Budget(COMPARISONS);

  private record Rule(Selector selector, List<Declaration> declarations, int order) {}

  /** Adds a sheet behind those already there, before {@link #read()}. */
  public void add(String css, String media) {
    if (Media.holds(media)) {
      sheets.addLast(css);
    }
  }

  /** Reads what was added. */
  public void read() {
    sheets.stream()
        .filter(Variables::mayDeclare)
        .forEach(it -> new SheetReader(it, (_, rule) -> variables.collect(rule)).read());
    sheets.forEach(it -> new SheetReader(it, this::rule).read());
    sheets.clear();
  }

  private void rule(String selectors, String declarations) {
    if (unread) {
      return;
    }
    List<Declaration> known = DeclarationReader.read(declarations, variables);
    if (known.isEmpty()) {
      return;
    }
    for (Selector selector : SelectorReader.list(selectors)) {
      rules++;
      bucket(selector.compounds().getFirst()).add(new Rule(selector, known, rules));
    }
    unread = rules > RULES || SelectorReader.isTooLong(selectors);
  }

  /** Whether some of what sheets declare was not read, so that no element's look is sure. */
  public boolean isUnread() {
    return unread || budget.isSpent();
  }

  private List<Rule> bucket(Selector.Compound last) {
    if (!last.id().isEmpty()) {
      return byId.computeIfAbsent(lower(last.id()), _ -> new ArrayList<>());
    }
    if (!last.classes().isEmpty()) {
      return byClass.computeIfAbsent(lower(last.classes().getFirst()), _ -> new ArrayList<>());
    }
    return last.tag().isEmpty()
        ? others
        : byTag.computeIfAbsent(last.tag(), _ -> new ArrayList<>());
  }

  /** Whether they have no rules. */
  public boolean isEmpty() {
    return rules == 0;
  }

  /** Adds to a cascade what sheets and its own attribute declare for an element. */
  public void declare(Element element, Cascade cascade) {
    if (rules > 0) {
      rules(element, cascade);
    }
    String style = element.attr("style");
    if (!style.isEmpty()) {
      cascade.inline(inline.computeIfAbsent(style, it -> DeclarationReader.read(it, variables)));
    }
  }

  private void rules(Element element, Cascade cascade) {
    match(others, element, cascade);
    match(byTag.get(element.normalName()), element, cascade);
    if (!byId.isEmpty() && !element.id().isEmpty()) {
      match(byId.get(lower(element.id())), element, cascade);
    }
    String names = byClass.isEmpty() ? "" : element.className();
    int from = 0;
    for (int i = 0; i <= names.length(); i++) {
      if (i == names.length() || names.charAt(i) <= ' ') {
        if (i > from && budget.spend(1)) {
          match(byClass.get(lower(names.substring(from, i))), element, cascade);
        }
        from = i + 1;
      }
    }
  }

  private void match(@Nullable List<Rule> bucket, Element element, Cascade cascade) {
    if (bucket == null) {
      return;
    }
    for (Rule rule : bucket) {
      if (!budget.spend(1)) {
        return;
      }
      if (rule.selector().matches(element, budget)) {
        cascade.rule(rule.declarations(), rule.selector().specificity(), rule.order());
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
