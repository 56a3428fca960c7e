package io.caravan.access;

import io.caravan.blue.BlueProperties;
import io.caravan.setting.CaravanSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * The API takes a bearer token and no session; everything else that is not public wants the
 * administrator's log-in.
 */
@Configuration
@ConditionalOnWebApplication
class AccessConfiguration {
  @Bean
  @Order(0)
  SecurityFilterChain internal(HttpSecurity http, CaravanSettings settings) throws Exception {
    return sharedSecret(
        http,
        "/api/internal/**",
        new SharedSecretFilter("SYNC_SECRET_KEY", settings.syncSecretKey(), "x-sync-secret"));
  }

  /** For clocks outside, which can send one header (CN-07, CN-08). */
  @Bean
  @Order(0)
  SecurityFilterChain cron(HttpSecurity http, CaravanSettings settings) throws Exception {
    return sharedSecret(
        http,
        "/api/connectors/**",
        new SharedSecretFilter("CRON_SECRET", settings.cronSecret(), null));
  }

  private static SecurityFilterChain sharedSecret(
      HttpSecurity http, String paths, SharedSecretFilter filter) throws Exception {
    return http.securityMatcher(paths)
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(filter, UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .hasRole("PARTNER"))
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http, CaravanSettings settings, CorsConfigurationSource otherOrigins)
      throws Exception {
    return http.securityMatcher("/api/**")
        .cors(cors -> cors.configurationSource(otherOrigins))
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new BearerTokenFilter(settings.apiToken()), UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers("/api/v1/**")
                    .hasRole("API")
                    .anyRequest()
                    .denyAll())
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(
                        (request, response, e) -> {
                          response.setHeader("WWW-Authenticate", "Bearer");
                          ProblemWriter.write(
                              response,
                              HttpStatus.UNAUTHORIZED,
                              "Send the header Authorization: Bearer with the API token; README.md"
                                  + " says where to find it.");
                        })
                    .accessDeniedHandler(denied()))
        .build();
  }

  private static AccessDeniedHandler denied() {
    return (request, response, e) ->
        ProblemWriter.write(response, HttpStatus.FORBIDDEN, "This token does not open this call.");
  }

  /**
   * What other sites embed. Anybody may read it, so an answer belongs to nobody: no session and no
   * cookie, or it could not be cached.
   */
  @Bean
  @Order(2)
  SecurityFilterChain embedded(HttpSecurity http, CorsConfigurationSource otherOrigins)
      throws Exception {
    return http.securityMatcher(ShortAddresses.EMBEDDED)
        .cors(cors -> cors.configurationSource(otherOrigins))
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    CsrfTokenRequestAttributeHandler plainToken = new CsrfTokenRequestAttributeHandler();
    // Without a name the token is made for each page, so that its cookie is there before the first
    // POST.
    plainToken.setCsrfRequestAttributeName(null);
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(
                        "/",
                        "/actuator/health/**",
                        "/docs/**",
                        "/openapi.json",
                        "/webjars/swagger-ui/**",
                        "/error")
                    .permitAll()
                    .anyRequest()
                    .hasRole("ADMIN"))
        .formLogin(form -> form.defaultSuccessUrl("/console"))
        .httpBasic(Customizer.withDefaults())
        // Hawtio's pages read the token from the cookie and send it back as a header.
        .csrf(
            csrf ->
                csrf.ignoringRequestMatchers(AccessConfiguration::isProgram)
                    .csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                    .csrfTokenRequestHandler(plainToken))
        .build();
  }

  /**
   * A program that logs in with each call cannot be made to call by somebody else's page. A browser
   * names that page in Origin with every POST.
   */
  private static boolean isProgram(HttpServletRequest request) {
    return request.getHeader("Authorization") != null && request.getHeader("Origin") == null;
  }

  /** Pages of other origins may reach the Blue side and its button when the settings name them. */
  @Bean
  CorsConfigurationSource otherOrigins(BlueProperties blue) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    if (!blue.allowedOrigins().isEmpty()) {
      CorsConfiguration allowed = new CorsConfiguration();
      allowed.setAllowedOrigins(blue.allowedOrigins());
      allowed.setAllowedMethods(List.of("GET", "POST"));
      allowed.setAllowedHeaders(List.of("Authorization", "Content-Type", "Prefer"));
      allowed.setExposedHeaders(List.of("Location", "Preference-Applied"));
      allowed.setMaxAge(Duration.ofHours(1));
      source.registerCorsConfiguration("/api/v1/blue/**", allowed);
      source.registerCorsConfiguration(ShortAddresses.EMBEDDED, allowed);
    }
    return source;
  }

  @Bean
  UserDetailsService users(CaravanSettings settings, PasswordEncoder encoder) {
    return new InMemoryUserDetailsManager(
        User.withUsername("admin")
            .password(encoder.encode(settings.adminPassword()))
            .roles("ADMIN")
            .build());
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }
}
