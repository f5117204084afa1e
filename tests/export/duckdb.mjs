// duckdb.mjs SQL...: the rows of each statement as a line of JSON, all values as text or null.
// INTEROP_NODE is the folder that has node_modules.
import { createRequire } from "node:module";

const require = createRequire(process.env.INTEROP_NODE + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
for (const sql of process.argv.slice(2)) {
  const rows = await (await connection.runAndReadAll(sql)).getRows();
  const text = (value) => (value === null ? null : String(value));
  console.log(JSON.stringify(rows.map((row) => row.map(text))));
}
