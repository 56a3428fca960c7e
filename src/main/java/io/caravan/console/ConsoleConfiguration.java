package io.caravan.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What all pages of the console have in common. */
@Configuration
@ConditionalOnWebApplication
class ConsoleConfiguration implements WebMvcConfigurer {
  /** Nothing inline and nothing from elsewhere, so what slips in as text can never run. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** States are lower case in addresses. */
  @Override
  public void addFormatters(FormatterRegistry registry) {
    ApplicationConversionService.configure(registry);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new PageOrPart()).addPathPatterns("/console", "/console/**");
  }

  /** To a page that fetches itself anew, only its {@code main} is answered. */
  private static final class PageOrPart implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      response.setHeader("Content-Security-Policy", POLICY);
      response.addHeader("Vary", "HX-Request");
      return true;
    }

    @Override
    public void postHandle(
        HttpServletRequest request,
        HttpServletResponse response,
        Object handler,
        ModelAndView answer) {
      if (answer == null || answer.getViewName().startsWith("redirect:")) {
        return;
      }
      String query = request.getQueryString();
      answer.addObject("here", request.getRequestURI() + (query == null ? "" : "?" + query));
      boolean part = request.getHeader("HX-Request") != null;
      answer.addObject("part", part);
      if (part) {
        answer.setViewName(answer.getViewName() + " :: page");
      }
    }
  }
}
