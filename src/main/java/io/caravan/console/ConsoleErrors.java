package io.caravan.console;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.validation.BindException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Errors of the console as pages of it. Never a stack trace, a secret or SQL. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@ConditionalOnWebApplication
class ConsoleErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

  @ExceptionHandler
  ModelAndView missing(NotFoundException e) {
    return page(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ModelAndView wrong(InvalidInputException e) {
    return page(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  /** A part of the address that is no id, or no state. */
  @ExceptionHandler({MethodArgumentTypeMismatchException.class, BindException.class})
  ModelAndView unreadable() {
    return page(HttpStatus.BAD_REQUEST, "This address names something that cannot exist.");
  }

  @ExceptionHandler
  ModelAndView unexpected(RuntimeException e) {
    LOG.error("A page of the console failed", e);
    return page(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Caravan met an error it did not expect; its log has the details.");
  }

  private static ModelAndView page(HttpStatus status, String detail) {
    ModelAndView page = new ModelAndView("console/error", status);
    page.addObject("heading", status.getReasonPhrase());
    page.addObject("detail", detail);
    return page;
  }
}
