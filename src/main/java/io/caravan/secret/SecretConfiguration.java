package io.caravan.secret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class SecretConfiguration {
  /**
   * Also tells the redactor of Caravan's own secrets, so that none of them can get into a log line.
   */
  @Bean
  Vault vault(
      @Value("${caravan.encryption-key}") String keys,
      @Value("${caravan.api-token}") String apiToken,
      @Value("${caravan.admin-password}") String adminPassword,
      @Value("${caravan.sync-secret-key:}") String syncSecretKey,
      @Value("${caravan.cron-secret:}") String cronSecret,
      @Value("${spring.datasource.password:}") String databasePassword,
      Redactor redactor) {
    for (String key : keys.split(",")) {
      redactor.register(key.strip());
    }
    redactor.register(apiToken);
    redactor.register(adminPassword);
    redactor.register(syncSecretKey);
    redactor.register(cronSecret);
    redactor.register(databasePassword);
    return new Vault(keys);
  }
}
