package email.daimon.compose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a composed mail in the order of its parts. */
final class ExpectedFiles {
  private ExpectedFiles() {}

  /** The invitation among the alternatives, the pictures of the HTML, the others. */
  static List<OutgoingFile> of(OutgoingMail mail) throws IOException {
    List<OutgoingFile> files = new ArrayList<>(invitation(mail).stream().toList());
    mail.files().stream().filter(file -> isPicture(mail, file)).forEach(files::add);
    mail.files().stream().filter(file -> !isPicture(mail, file)).forEach(files::add);
    return files;
  }

  static boolean isAlternative(OutgoingMail mail, int index) throws IOException {
    return index == 0 && invitation(mail).isPresent();
  }

  private static Optional<OutgoingFile> invitation(OutgoingMail mail) throws IOException {
    for (OutgoingFile file : mail.files()) {
      if (CalendarMethod.of(file).isPresent()) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isPicture(OutgoingMail mail, OutgoingFile file) {
    return file.inline() && mail.html().isPresent();
  }
}
