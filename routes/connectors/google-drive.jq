. as $c
| ($c.baseUrl // "https://www.googleapis.com") as $base
| ([
    if $c.folderId then "'\($c.folderId)' in parents" else empty end,
    if $c.query then "(\($c.query))" else empty end,
    "trashed = false"
  ] | join(" and ")) as $query
| if $c.fileId then
    {documents: {baseUrl: $base, fileId: $c.fileId}}
  else
    {
      files: {
        baseUrl: $base,
        auth: {type: "google", scope: "https://www.googleapis.com/auth/drive.readonly"},
        rateLimitPerSecond: 10,
        resources: [
          {
            name: "files",
            path: "/drive/v3/files",
            parameters: {
              q: $query,
              fields: "nextPageToken,files(id,name,mimeType,description,parents,driveId,webViewLink,size,md5Checksum,createdTime,modifiedTime,version,owners(displayName,emailAddress),lastModifyingUser(displayName,emailAddress))",
              supportsAllDrives: true,
              includeItemsFromAllDrives: true
            },
            recordPath: "/files",
            primaryKey: "id",
            paginator: {type: "cursor", parameter: "pageToken", path: "/nextPageToken", size: 1000, sizeParameter: "pageSize"}
          }
        ]
      }
    }
    + if $c.includeContent then {documents: {baseUrl: $base, query: $query}} else {} end
  end
