// fuel-soap through the scenario: fuel_soap.mjs SCENARIO TOKEN-URL ENDPOINT. Prints JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { filter } from './filter.mjs';

// From the folder that npm installed into, wherever this file is.
const require = createRequire(`${process.cwd()}/`);
const FuelSoap = require('fuel-soap');

const [path, authUrl, soapEndpoint] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(path, 'utf8'));
const { INTEROP_CLIENT_ID: clientId, INTEROP_CLIENT_SECRET: clientSecret } = process.env;
const connect = (more = {}) =>
  new FuelSoap({
    auth: { clientId, clientSecret, authUrl, authOptions: { authVersion: 2 }, ...more },
    soapEndpoint,
  });

const promise = (call) =>
  new Promise((resolve, reject) =>
    call((error, answer) => (error ? reject(error) : resolve(answer.body))));

async function retrieve(client, query) {
  const options = { filter: filter(query.filter) };
  const pages = [];
  let answer;
  do {
    answer = await promise((done) =>
      client.retrieve(query.type, query.properties, { ...options }, done));
    pages.push(answer.Results);
    options.continueRequest = answer.RequestID;
  } while (answer.OverallStatus === 'MoreDataAvailable');
  return { status: answer.OverallStatus, pages };
}

// Its create() is for one object; several go this way. Of an answer with errors it keeps the
// results, as text.
async function create(client, { type, objects }) {
  const Objects = objects.map((members) => ({ $: { 'xsi:type': type }, ...members }));
  const req = { CreateRequest: { $: { xmlns: 'http://exacttarget.com/wsdl/partnerAPI' }, Objects } };
  try {
    return await promise((done) =>
      client.soapRequest({ action: 'Create', req, key: 'CreateResponse' }, done));
  } catch (error) {
    if (!error.results) throw error;
    const Results = error.results.map((item) => ({
      ...item,
      OrdinalID: Number(item.OrdinalID),
      ErrorCode: Number(item.ErrorCode ?? 0),
      NewID: Number(item.NewID ?? 0),
    }));
    return { Results, OverallStatus: 'Has Errors' };
  }
}

// What a call answers, or the error that it ends with: a SOAP fault, or an answer without token.
async function attempt(call) {
  try {
    return await call();
  } catch (error) {
    const { error: code, error_description: text } = error.res ?? {};
    return { fault: { code: error.faultCode ?? code, text: error.faultstring ?? text ?? `${error}` } };
  }
}

// The access token is said to be expired once: it asks again by itself.
const client = connect();
const result = {
  client: `fuel-soap ${client.version}`,
  renewed: await attempt(() => retrieve(client, scenario.send)),
  send: await attempt(() => retrieve(client, scenario.send)),
  window: await attempt(() => retrieve(client, scenario.window)),
  nested: await attempt(() => retrieve(client, scenario.nested)),
  create: await attempt(() => create(client, scenario.create)),
  refused: await attempt(() =>
    retrieve(connect({ clientSecret: scenario.wrong_password }), scenario.send)),
};
process.stdout.write(JSON.stringify(result));
