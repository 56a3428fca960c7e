package io.caravan.bluegreen;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a view has beside its columns and would lose by being dropped: owner, options, grants on the
 * whole and on columns, comments.
 */
final class ViewGrants {
  private static final String STATEMENTS =
      """
      with wanted as (
        select c.oid, c.relowner, c.relacl, c.reloptions from pg_class c where c.oid = cast(:view as regclass)
      ), kept as (
        select a.attnum, a.attname, a.attacl from pg_attribute a join wanted w on a.attrelid = w.oid
         where a.attnum > 0 and not a.attisdropped and a.attname in (:columns)
      ), privileges as (
        select g.grantee, g.privilege_type, g.is_grantable, null as attname
          from wanted, aclexplode(relacl) g
        union all
        select g.grantee, g.privilege_type, g.is_grantable, attname from kept, aclexplode(attacl) g
      )
      select 1 as place, format('alter view %1$s owner to %%I', pg_get_userbyid(relowner)) as statement
        from wanted
      union all
      select 2, format('alter view %1$s set (%%I = %%L)', o.option_name, o.option_value)
        from wanted, pg_options_to_table(reloptions) o
      union all
      -- Default privileges may have given a new view more than the old one had.
      select 3, 'revoke all on %1$s from public, ' || string_agg(quote_ident(rolname), ', ')
        from pg_roles
       where exists (select from wanted where relacl is not null)
         and oid in (select grantee from privileges
                     union select relowner from wanted
                     union select g.grantee from pg_default_acl, aclexplode(defaclacl) g)
      having count(*) > 0
      union all
      select 4, format('grant %%s%%s on %1$s to %%s%%s', privilege_type,
                       case when attname is null then '' else ' (' || quote_ident(attname) || ')' end,
                       case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
                       case when is_grantable then ' with grant option' else '' end)
        from privileges
      union all
      select 5, format('comment on view %1$s is %%L', obj_description(oid, 'pg_class'))
        from wanted where obj_description(oid, 'pg_class') is not null
      union all
      select 5, format('comment on column %1$s.%%I is %%L', attname, col_description(oid, attnum))
        from wanted, kept where col_description(oid, attnum) is not null
       order by 1, 2
      """;

  private ViewGrants() {}

  /**
   * @param view an existing view, as SQL
   * @param columns those that it will still have, or have new
   * @return statements that give the same to a view of that name that was created anew
   */
  static List<String> of(JdbcClient jdbc, String view, List<String> columns) {
    return jdbc.sql(STATEMENTS.formatted(view))
        .param("view", view)
        .param("columns", columns)
        .query((row, n) -> row.getString("statement"))
        .list();
  }
}
