// sfmc-sdk through the scenario: sfmc_sdk.mjs SCENARIO AUTH-URL. Prints JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { filter } from './filter.mjs';

// From the folder that npm installed into, wherever this file is.
const require = createRequire(`${process.cwd()}/`);
const { version } = JSON.parse(readFileSync('node_modules/sfmc-sdk/package.json', 'utf8'));
const { default: SDK } = await import(pathToFileURL(require.resolve('sfmc-sdk')));

const [path, auth_url] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(path, 'utf8'));
const { INTEROP_CLIENT_ID: client_id, INTEROP_CLIENT_SECRET: client_secret } = process.env;
const account = { client_id, client_secret, auth_url, account_id: 10001 };
const connect = (requestAttempts, more = {}) =>
  new SDK({ ...account, ...more }, { requestAttempts });

async function retrieve(sdk, query) {
  const parameters = { filter: filter(query.filter) };
  if (query.batch) parameters.options = { BatchSize: query.batch };
  const pages = [];
  let answer;
  do {
    answer = await sdk.soap.retrieve(query.type, query.properties, parameters);
    pages.push(answer.Results ?? []);
    parameters.continueRequest = answer.RequestID;
  } while (answer.OverallStatus === 'MoreDataAvailable');
  return { status: answer.OverallStatus, pages };
}

// What its users do for several objects: an array, each item with the type that it is given only
// when there is one.
async function create(sdk, what) {
  const objects = what.objects.map((members) => ({ '@_xsi:type': what.type, ...members }));
  try {
    return await sdk.soap.create(what.type, objects);
  } catch (error) {
    if (error.json) return error.json;
    throw error;
  }
}

// What a call answers, or the error that it ends with.
async function attempt(call) {
  try {
    return await call();
  } catch (error) {
    return { fault: { code: error.code, text: error.message } };
  }
}

// A session kept from earlier, as its users keep them, whose token the service takes no more.
async function expired(requestAttempts) {
  const sdk = connect(requestAttempts);
  const { expires_in } = await sdk.auth.getAccessToken();
  await setTimeout(1000 * expires_in + 200);
  sdk.auth.authObject.expiration += 3600;
  return retrieve(sdk, scenario.send);
}

const sdk = connect(2);
const result = {
  client: `sfmc-sdk ${version}`,
  send: await attempt(() => retrieve(sdk, scenario.send)),
  window: await attempt(() => retrieve(sdk, scenario.window)),
  nested: await attempt(() => retrieve(sdk, scenario.nested)),
  create: await attempt(() => create(sdk, scenario.create)),
  refused: await attempt(() =>
    retrieve(connect(1, { client_secret: scenario.wrong_password }), scenario.send)),
  expired: await attempt(() => expired(1)),
  renewed: await attempt(() => expired(2)),
};
process.stdout.write(JSON.stringify(result));
