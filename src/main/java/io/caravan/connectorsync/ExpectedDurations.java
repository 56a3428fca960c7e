package io.caravan.connectorsync;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Learns from the ledger how long syncs take. */
@Component
class ExpectedDurations {
  private final JdbcClient jdbc;

  ExpectedDurations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is known, by connector; nothing of those that were synced fewer than five times. */
  Map<UUID, Expected> of(Collection<UUID> connectors) {
    Map<UUID, Expected> known = new HashMap<>();
    jdbc.sql(
            """
            select c.id, percentile_cont(0.5) within group (order by d.ms) as median,
                   percentile_cont(0.95) within group (order by d.ms) as p95, count(*) as syncs,
                   (select started_at from caravan.run_item r
                     where r.pipeline = 'connectorsync' and r.key = c.id::text and r.state = 'running'
                       and r.lease_until > now()) as running_since
              from unnest(cast(:ids as uuid[])) c(id)
              cross join lateral (select extract(epoch from i.finished_at - i.started_at) * 1000 as ms
                                    from caravan.run_item i
                                   where i.pipeline = 'connectorsync' and i.key::uuid = c.id and i.state = 'succeeded'
                                   order by i.started_at desc limit 20) d
             group by c.id having count(*) >= :fewest
            """)
        .param("ids", connectors.toArray(UUID[]::new))
        .param("fewest", Expected.FEWEST)
        .query(
            row -> {
              known.put(row.getObject("id", UUID.class), expected(row));
            });
    return known;
  }

  private static Expected expected(ResultSet row) throws SQLException {
    OffsetDateTime since = row.getObject("running_since", OffsetDateTime.class);
    return new Expected(
        Math.round(row.getDouble("median")),
        Math.round(row.getDouble("p95")),
        row.getInt("syncs"),
        since == null ? null : since.toInstant());
  }
}
