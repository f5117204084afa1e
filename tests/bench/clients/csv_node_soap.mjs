// All SentEvents of a send as CSV, by node-soap: csv_node_soap.mjs WSDL-URL JOBID PROPERTY...
import { createRequire } from 'node:module';
import { once } from 'node:events';

// From the folder that npm installed into, wherever this file is.
const require = createRequire(`${process.cwd()}/`);
const soap = require('soap');

const [wsdl, job, ...properties] = process.argv.slice(2);
const client = await soap.createClientAsync(wsdl);
client.setSecurity(
  new soap.WSSecurity(process.env.ETSOAP_USERNAME, process.env.ETSOAP_PASSWORD, {
    passwordType: 'PasswordText',
    mustUnderstand: 1,
  }),
);

function cell(value) {
  const text = value instanceof Date ? value.toISOString() : String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function write(text) {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

await write(`${properties.join(',')}\n`);
let more = {
  Filter: {
    attributes: { 'xsi:type': 'SimpleFilterPart' },
    Property: 'SendID',
    SimpleOperator: 'equals',
    Value: job,
  },
};
while (more) {
  const [answer] = await client.RetrieveAsync({
    RetrieveRequest: { ObjectType: 'SentEvent', Properties: properties, ...more },
  });
  const lines = (answer.Results ?? []).map((row) =>
    properties.map((name) => cell(row[name])).join(','),
  );
  await write(lines.map((line) => `${line}\n`).join(''));
  more =
    answer.OverallStatus === 'MoreDataAvailable' ? { ContinueRequest: answer.RequestID } : null;
}
