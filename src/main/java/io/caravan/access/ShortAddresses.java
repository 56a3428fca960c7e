package io.caravan.access;

import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Short addresses of pages, and how long what other sites embed is kept. */
@Configuration
@ConditionalOnWebApplication
class ShortAddresses implements WebMvcConfigurer {
  static final String EMBEDDED = "/embed/**";
  private static final Duration KEPT = Duration.ofHours(1);

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(EMBEDDED)
        .addResourceLocations("classpath:/static/embed/")
        .setCacheControl(CacheControl.maxAge(KEPT).cachePublic());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    // Who types the bare address runs Caravan; who calls it has the address of the contract.
    registry.addRedirectViewController("/", "/console");
    registry.addRedirectViewController("/docs", "/docs/");
    registry.addViewController("/docs/").setViewName("forward:/docs/index.html");
  }
}
