package email.daimon.functions.api;

import java.util.List;

/**
 * {@code /inbox/{id}}: a page that asks for a key and shows an inbox. It is the same for every id
 * and says nothing without a key; the only script that may run on it is its own. HTML of a mail
 * comes sanitised from {@code view=shown} and stands in a frame without scripts and without origin;
 * the frame has this page's policy and its own, whichever is stricter.
 */
final class InboxPage {
  /** Read when the page is first asked for: every function of the API has its route. */
  private static final class Content {
    static final String HTML;
    static final String POLICY;

    static {
      String script = Page.resource("inbox.js");
      String style = Page.resource("inbox.css");
      HTML = Page.resource("inbox.html").replace("{{style}}", style).replace("{{script}}", script);
      POLICY =
          "default-src 'none'; script-src '"
              + Page.hash(script)
              + "'; style-src '"
              + Page.hash(style)
              // Elements of a mail in the frame have styles; this page's own have none.
              + "'; style-src-attr 'unsafe-inline'; img-src https:; connect-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'";
    }
  }

  List<Route> routes() {
    return List.of(Route.get("/inbox/{id}", Access.PUBLIC, _ -> Plan.of(InboxPage::page)));
  }

  private static Reply page() {
    return Reply.page(200, Content.HTML)
        .header("Content-Security-Policy", Content.POLICY)
        .header("Referrer-Policy", "no-referrer");
  }
}
