. as $c
| {
    baseUrl: ($c.baseUrl // "https://\($c.companyDomain // "api").pipedrive.com"),
    auth: {type: "header", header: "x-api-token", secrets: {value: "apiToken"}},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 10),
    resources: [
      $c.objectTypes[]
      | . as $type
      | {
          name: $type,
          path: "/api/v2/\($type)",
          recordPath: "/data",
          primaryKey: "id",
          paginator: {type: "cursor", parameter: "cursor", path: "/additional_data/next_cursor", size: 500, sizeParameter: "limit"}
        }
        + if [$type] | inside(["activities", "deals", "organizations", "persons"])
          then {parameters: {sort_by: "update_time", sort_direction: "asc"}, cursorField: "update_time", cursorParameter: "updated_since", cursorOverlap: 60}
          else {}
          end
    ]
  }
