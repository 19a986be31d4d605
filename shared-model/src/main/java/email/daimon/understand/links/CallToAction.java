package email.daimon.understand.links;

import java.util.List;
import java.util.Locale;

/** Whether a link is what the mail wants its reader to follow: to verify, reset, log in, accept. */
public final class CallToAction {
  private static final int WANTED = 3;
  private static final List<String> VERBS =
      List.of(
          "verify",
          "confirm",
          "activate",
          "reset",
          "log in",
          "login",
          "sign in",
          "accept",
          "join",
          "set your password",
          "set password",
          "get started",
          "magic link",
          "approve",
          "validate",
          "bestätig",
          "aktivier",
          "zurücksetzen",
          "anmelden",
          "einloggen",
          "annehmen",
          "confirmer",
          "vérifier",
          "activer",
          "réinitialiser",
          "connecter",
          "accepter",
          "confirmar",
          "verificar",
          "activar",
          "restablecer",
          "iniciar sesión",
          "aceptar",
          "conferma",
          "verifica",
          "attiva",
          "reimposta",
          "accedi",
          "accetta",
          "bevestig",
          "activeer",
          "potwierd",
          "подтверд",
          "активир",
          "сброс",
          "войти",
          "確認",
          "认证",
          "验证",
          "確認する",
          "인증",
          "확인");
  private static final List<String> WORDS_OF_PATH =
      List.of(
          "verify",
          "confirm",
          "activat",
          "reset",
          "magic",
          "invit",
          "accept",
          "join",
          "login",
          "signin",
          "sign-in",
          "auth",
          "validate",
          "approve");
  private static final List<String> NEVER =
      List.of(
          "unsubscribe",
          "preferences",
          "opt out",
          "opt-out",
          "optout",
          "view in browser",
          "view online",
          "privacy",
          "terms",
          "help center",
          "support",
          "abmelden",
          "datenschutz",
          "désinscri",
          "désabonn",
          "cancelar suscripción",
          "wasn't me",
          "was not me",
          "not you",
          "didn't request",
          "deny",
          "facebook.com",
          "twitter.com",
          "linkedin.com/company",
          "instagram.com",
          "apps.apple.com",
          "play.google.com");

  private CallToAction() {}

  public static boolean is(Links.Link link) {
    String text = lastSentence(link.text()).toLowerCase(Locale.ROOT);
    String address = link.address().toLowerCase(Locale.ROOT);
    if (holdsOne(text, NEVER) || holdsOne(address, NEVER)) {
      return false;
    }
    int slash = address.indexOf('/', 8);
    String path = slash < 0 ? "" : address.substring(slash);
    int score = holdsOne(text, VERBS) ? 3 : 0;
    score += holdsOne(path, WORDS_OF_PATH) ? 2 : 0;
    score += hasToken(path) ? 2 : 0;
    return score >= WANTED;
  }

  private static String lastSentence(String text) {
    return text.length() > 200 ? text.substring(text.length() - 200) : text;
  }

  private static boolean holdsOne(String text, List<String> words) {
    return words.stream().anyMatch(text::contains);
  }

  /** A parameter that names a secret, or 20 characters in a row that look drawn by lot. */
  private static boolean hasToken(String path) {
    if (holdsOne(path, List.of("token=", "code=", "key=", "confirmation_token="))) {
      return true;
    }
    int run = 0;
    int digits = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean ofToken = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
      digits = !ofToken ? 0 : c >= '0' && c <= '9' ? digits + 1 : digits;
      run = ofToken ? run + 1 : 0;
      if (run >= 20 && digits >= 2) {
        return true;
      }
    }
    return false;
  }
}
