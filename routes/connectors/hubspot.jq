. as $c
| {
    baseUrl: ($c.baseUrl // "https://api.hubapi.com"),
    auth: {type: "bearer", secrets: {token: "accessToken"}},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 10),
    resources: [
      $c.objectTypes[]
      | . as $type
      | {
          name: $type,
          path: "/crm/v3/objects/\($type)",
          parameters: ({archived: false} + ($c.properties[$type] // null | if . then {properties: join(",")} else {} end)),
          recordPath: "/results",
          unwrap: "properties",
          primaryKey: "id",
          paginator: {type: "cursor", parameter: "after", path: "/paging/next/after", size: 100, sizeParameter: "limit"}
        }
    ]
  }
