. as $c
| ($c.serviceType // "generic") as $service
| if $service != "generic" then
    {type: $service, config: ($c | del(.serviceType))}
  else
    {
      type: "rest",
      config: (
        {
          baseUrl: $c.baseUrl,
          auth: ($c.auth // {type: "none"}),
          resources: [
            ($c.objectTypes // ["products"])[]
            | {
                name: .,
                path: "/\(.)",
                recordPath: ["/data", "/items", "/results", "/records", "/\(.)", ""],
                primaryKey: ($c.primaryKey // "id")
              }
              + if $c.paginator then {paginator: $c.paginator} else {} end
          ]
        }
        + if $c.rateLimitPerSecond then {rateLimitPerSecond: $c.rateLimitPerSecond} else {} end
      )
    }
  end
