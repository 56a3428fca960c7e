. as $c
| {
    baseUrl: ($c.baseUrl // "https://api.airtable.com"),
    auth: {type: "bearer"},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 5),
    resources: [
      {
        name: $c.table,
        path: (
          "/v0/\($c.baseId)/\($c.table | @uri)"
          + if $c.fields then "?" + ([$c.fields[] | "fields%5B%5D=\(@uri)"] | join("&")) else "" end
        ),
        parameters: (if $c.view then {view: $c.view} else {} end),
        recordPath: "/records",
        unwrap: "fields",
        primaryKey: "id",
        paginator: {type: "cursor", parameter: "offset", path: "/offset", size: 100, sizeParameter: "pageSize"}
      }
    ]
  }
