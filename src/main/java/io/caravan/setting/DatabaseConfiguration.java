package io.caravan.setting;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pool of connections to Caravan's own database, made once the embedded one answers. */
@Configuration
class DatabaseConfiguration {
  @Bean
  @ConfigurationProperties("spring.datasource.hikari")
  HikariDataSource dataSource(
      DataSourceProperties properties, ObjectProvider<EmbeddedDatabase> embedded) {
    embedded.ifAvailable(EmbeddedDatabase::awaitReady);
    return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
  }
}
