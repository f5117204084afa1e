// node-soap through the scenario: node_soap.mjs SCENARIO WSDL-URL text|digest. Prints JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// From the folder that npm installed into, wherever this file is.
const require = createRequire(`${process.cwd()}/`);
const soap = require('soap');

const typed = (type, members) => ({ attributes: { 'xsi:type': type }, ...members });

async function connect(wsdl, user, password, kind) {
  const client = await soap.createClientAsync(wsdl);
  const passwordType = kind === 'digest' ? 'PasswordDigest' : 'PasswordText';
  client.setSecurity(new soap.WSSecurity(user, password, { passwordType, mustUnderstand: 1 }));
  return client;
}

function filter(part) {
  if (part.left)
    return typed('ComplexFilterPart', {
      LeftOperand: filter(part.left),
      LogicalOperator: part.operator,
      RightOperand: filter(part.right),
    });
  return typed('SimpleFilterPart', {
    Property: part.property,
    SimpleOperator: part.operator,
    ...(part.dates ? { DateValue: part.dates } : { Value: part.values }),
  });
}

async function retrieve(client, query) {
  const pages = [];
  let more = { Filter: filter(query.filter) };
  for (;;) {
    const [answer] = await client.RetrieveAsync({
      RetrieveRequest: {
        ObjectType: query.type,
        Properties: query.properties,
        ...more,
        ...(query.batch ? { Options: { BatchSize: query.batch } } : {}),
      },
    });
    pages.push(answer.Results ?? []);
    if (answer.OverallStatus !== 'MoreDataAvailable')
      return { status: answer.OverallStatus, pages };
    more = { ContinueRequest: answer.RequestID };
  }
}

async function create(client, what) {
  const objects = what.objects.map((members) => typed(what.type, members));
  const [answer] = await client.CreateAsync({ Options: {}, Objects: objects });
  return answer;
}

// What a call answers, or the fault that it ends with.
async function attempt(call) {
  try {
    return await call();
  } catch (error) {
    const fault = error.root?.Envelope?.Body?.Fault;
    if (!fault) throw error;
    return { fault: { code: fault.faultcode, text: fault.faultstring } };
  }
}

const [path, wsdl, kind] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(path, 'utf8'));
const { INTEROP_USER: user, INTEROP_PASSWORD: password } = process.env;
const client = await connect(wsdl, user, password, kind);
const stranger = await connect(wsdl, user, scenario.wrong_password, kind);
const result = {
  client: `node-soap ${require('soap/package.json').version}, ${kind}`,
  send: await attempt(() => retrieve(client, scenario.send)),
  window: await attempt(() => retrieve(client, scenario.window)),
  nested: await attempt(() => retrieve(client, scenario.nested)),
  create: await attempt(() => create(client, scenario.create)),
  refused: await attempt(() => retrieve(stranger, scenario.send)),
};
process.stdout.write(JSON.stringify(result));
