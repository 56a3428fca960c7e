package io.caravan.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one check of a secret that two applications share. The comparison takes the same time for
 * every wrong one. Without a secret nobody gets in.
 */
final class SharedSecretFilter extends OncePerRequestFilter {
  private static final String PREFIX = "Bearer ";

  private final String variable;
  private final byte[] secret;
  private final String header;

  /**
   * @param variable the setting's name, for messages
   * @param secret empty where it is not configured
   * @param header that may hold it instead of Authorization; null for none
   */
  SharedSecretFilter(String variable, String secret, String header) {
    this.variable = variable;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.header = header;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String bearer = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    String plain = header == null ? null : request.getHeader(header);
    if (secret.length == 0) {
      ProblemWriter.write(
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "This call is not configured: set %s.".formatted(variable));
    } else if (bearer == null && plain == null) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      ProblemWriter.write(
          response,
          HttpStatus.UNAUTHORIZED,
          "Send %s in the header Authorization: Bearer%s."
              .formatted(variable, header == null ? "" : ", or in " + header));
    } else if (isRight(bearer) || isRight(plain)) {
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(
                  variable, null, AuthorityUtils.createAuthorityList(List.of("ROLE_PARTNER"))));
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(
          response,
          HttpStatus.FORBIDDEN,
          "That is not %s; whoever calls must be given the same.".formatted(variable));
    }
  }

  private static String bearer(String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        ? authorization.substring(PREFIX.length())
        : null;
  }

  private boolean isRight(String given) {
    return given != null
        && MessageDigest.isEqual(secret, given.strip().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Asynchronous dispatches belong to a request that passed already, and run on a thread that knows
   * nothing of it.
   */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
