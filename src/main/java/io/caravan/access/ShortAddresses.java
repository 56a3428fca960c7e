package io.caravan.access;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Short addresses of pages. */
@Configuration
@ConditionalOnWebApplication
class ShortAddresses implements WebMvcConfigurer {
  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addRedirectViewController("/", "/docs");
    registry.addRedirectViewController("/docs", "/docs/");
    registry.addViewController("/docs/").setViewName("forward:/docs/index.html");
  }
}
