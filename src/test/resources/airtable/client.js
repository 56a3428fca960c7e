// Runs functions that stand on standard input, one a line, with a base of Airtable's own client,
// and writes what each returned or threw as a line of JSON. The client is version 0.12.2, as
// published on npm for browsers.
const { readFileSync } = require("fs");
const { createInterface } = require("readline");
const { runInThisContext } = require("vm");

globalThis.window = globalThis;
runInThisContext(readFileSync(process.argv[2], "utf8"));
const Airtable = globalThis.require("airtable");

async function answer(line) {
  const { url, token, baseId, body } = JSON.parse(line);
  const base = new Airtable({ endpointUrl: url, apiKey: token, requestTimeout: 10_000 }).base(baseId);
  try {
    const value = await new Function("base", `return (async () => { ${body} })();`)(base);
    return { value: value === undefined ? null : value };
  } catch (error) {
    const { error: type, message, statusCode } = error;
    return { error: type ?? "Error", message, statusCode: statusCode ?? 0 };
  }
}

createInterface({ input: process.stdin }).on("line", async (line) => {
  process.stdout.write(JSON.stringify(await answer(line)) + "\n");
});
