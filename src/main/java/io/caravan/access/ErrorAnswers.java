package io.caravan.access;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the container itself refuses, in the same form as every other error (RFC 9457). */
@Controller
class ErrorAnswers implements ErrorController {
  @RequestMapping("/error")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    if (status == null) {
      status = HttpStatus.NOT_FOUND;
    }
    ProblemWriter.write(
        response,
        status,
        switch (status) {
          case NOT_FOUND -> "There is nothing at this address; /docs lists what there is.";
          case METHOD_NOT_ALLOWED ->
              "This address does not take this method; /docs lists what it takes.";
          case INTERNAL_SERVER_ERROR ->
              "Caravan met an error it did not expect; its log has the details.";
          default -> status.getReasonPhrase() + ".";
        });
  }
}
