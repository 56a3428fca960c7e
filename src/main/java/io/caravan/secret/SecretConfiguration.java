package io.caravan.secret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class SecretConfiguration {
  @Bean
  Vault vault(@Value("${caravan.encryption-key}") String keys) {
    return new Vault(keys);
  }
}
