package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose turn it is. */
@Component
class DueQueue {
  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final int tenantShare;

  DueQueue(
      JdbcClient jdbc,
      ObjectMapper json,
      @Value("${caravan.connectorsync.tenant-share}") int tenantShare) {
    this.jdbc = jdbc;
    this.json = json;
    this.tenantShare = tenantShare;
  }

  /**
   * The connectors that are due, the latest first: lateness counts in intervals, so one that is
   * synced daily does not wait behind all that are synced hourly (CN-02, D7). None is left out for
   * a limit that cut too early: the database orders before it limits. Where the limit leaves some
   * out, no tenant has more than its share among the chosen as long as another tenant has less.
   * Connectors that are equally late are mixed, always in the same way, so that those added one
   * after the other for one server do not come one after the other.
   *
   * @param limit null for all
   */
  List<Connector> due(Integer limit) {
    Instant now = Instant.now();
    return jdbc.sql(
            """
            with due as (
              select s.id, s.tenant_id, extract(epoch from now() - s.due_at) / s.sync_interval as lateness
                from connectorsync.connector_setup s
               where s.auto_sync and s.status = 'ACTIVE' and s.deleted_at is null and s.due_at < now()
                 and not exists (select from caravan.run_item i
                                  where i.pipeline = 'connectorsync' and i.key = s.id::text
                                    and i.state = 'running' and i.lease_until > now())
                 and (s.allowed_from is null
                      or case when s.allowed_from < s.allowed_until
                              then (now() at time zone 'UTC')::time >= s.allowed_from
                                   and (now() at time zone 'UTC')::time < s.allowed_until
                              else (now() at time zone 'UTC')::time >= s.allowed_from
                                   or (now() at time zone 'UTC')::time < s.allowed_until end)),
            chosen as (
              select id, lateness from due
               order by (row_number() over (partition by tenant_id order by lateness desc, md5(id::text)) - 1) / :share,
                        lateness desc, md5(id::text)
               limit :limit)
            select c.* from chosen join connectorsync.connector c using (id)
             order by chosen.lateness desc, md5(id::text)
            """)
        .param("share", tenantShare)
        .param("limit", limit)
        .query((row, number) -> ConnectorRows.read(row, json, now))
        .list();
  }
}
