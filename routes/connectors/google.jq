. as $c
| {
    type: {drive: "google-drive", docs: "google-drive", sheets: "google-sheets", gcs: "gcs"}[$c.serviceType],
    config: (
      {
        sheets: {spreadsheetId: $c.spreadsheetId, range: ($c.range // "A1:Z1000")},
        drive: {},
        docs: {fileId: $c.fileId, includeContent: true},
        gcs: {bucket: $c.bucket, path: (($c.prefix // "") + "**")}
      }[$c.serviceType]
      + ($c.options // {})
    )
  }
