package io.caravan.console;

import io.caravan.failure.ConflictException;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotConfiguredException;
import io.caravan.failure.NotFoundException;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What came of a button, shown on the page that follows.
 *
 * @param runId a run to look at; null for none
 * @param refused whether nothing was done
 */
record Notice(String text, UUID runId, boolean refused) {
  static Notice done(String text) {
    return new Notice(text, null, false);
  }

  static Notice started(String text, UUID runId) {
    return new Notice(text, runId, false);
  }

  /** Does what the button says, and leaves a notice of it, or of why it cannot be done. */
  static void of(RedirectAttributes page, Supplier<Notice> action) {
    Notice notice;
    try {
      notice = action.get();
    } catch (ConflictException
        | InvalidInputException
        | NotConfiguredException
        | NotFoundException e) {
      notice = new Notice(e.getMessage(), null, true);
    }
    page.addFlashAttribute("notice", notice);
  }
}
