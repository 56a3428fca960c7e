. as $c
| if $c.serviceType == "sql" then
    {
      type: "jdbc",
      config: (
        {
          jdbcUrl: "jdbc:sqlserver://\($c.server | if contains(".") then . else . + ".database.windows.net" end):1433;databaseName=\($c.database);encrypt=true"
        }
        + if $c.table then {table: $c.table} else {query: $c.query} end
        + ($c.options // {})
      )
    }
  else
    {
      type: "azure-\($c.serviceType)",
      config: ({account: $c.storageAccount, container: $c.container, path: "**"} + ($c.options // {}))
    }
  end
