// duckdb.mjs SQL...: the rows of each statement as a line of JSON, all values as text or null. It
// runs in a folder with node_modules.
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
for (const sql of process.argv.slice(2)) {
  const rows = await (await connection.runAndReadAll(sql)).getRows();
  const text = (value) => (value === null ? null : String(value));
  console.log(JSON.stringify(rows.map((row) => row.map(text))));
}
