. as $c
| {
    baseUrl: $c.baseUrl,
    auth: {type: "oauth2", tokenUrl: "\($c.baseUrl)/services/oauth2/token", clientAuthentication: "post"},
    headers: {"Sforce-Query-Options": "batchSize=2000"},
    resources: [
      $c.objectTypes[]
      | . as $type
      | ($c.fields[$type] // null
          | if . then ["Id", "SystemModstamp"] + . | unique | join(", ") else "FIELDS(STANDARD)" end) as $fields
      | "SELECT \($fields) FROM \($type)" as $query
      | {
          name: $type,
          path: "/services/data/\($c.apiVersion // "v62.0")/query",
          parameters: {q: $query},
          recordPath: "/records",
          primaryKey: "Id",
          cursorField: "SystemModstamp",
          cursorParameter: "q",
          cursorValue: "\($query) WHERE SystemModstamp >= {moment}",
          cursorOverlap: 300,
          paginator: {type: "nextUrl", path: "/nextRecordsUrl"}
        }
    ]
  }
  + if $c.rateLimitPerSecond then {rateLimitPerSecond: $c.rateLimitPerSecond} else {} end
