// A server of the contract by node-soap: node_soap_server.mjs WSDL LOG --ready-file FILE
// --max-time SECONDS. Retrieve gives the rows of rows.json, Create refuses what is no address, and
// an ObjectType that starts with `fault` is a fault. LOG gets a line of JSON per call: what
// node-soap read in it.
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// From the folder that npm installed into, wherever this file is.
const require = createRequire(`${process.cwd()}/`);
const soap = require('soap');

const WSSE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const [wsdl, log, , readyFile, , seconds] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(new URL('rows.json', import.meta.url), 'utf8'));
const pages = new Map(); // RequestID to the number of the first row

function fault(code, text, detail) {
  const faultcode = { attributes: { 'xmlns:q0': WSSE }, $value: code };
  return { Fault: { faultcode, faultstring: text, ...(detail && { detail }), statusCode: 500 } };
}

function check(headers) {
  const token = headers?.Security?.UsernameToken;
  const password = token?.Password?.$value ?? token?.Password;
  if (token?.Username !== 'demo' || password !== 'demo')
    throw fault('q0:Security', 'Login Failed');
}

function maintenance() {
  const attributes = { xmlns: 'urn:fault.partner.exacttarget.com' };
  const apifault = { attributes, Code: 9, Message: 'Back at eight', LogID: 0 };
  return fault('soap:Server', 'The service is in maintenance.', { apifault });
}

// node-soap writes xsi:type and xsi:nil as told, and leaves it to its caller to declare xsi.
const typed = (type, members) =>
  ({ attributes: { 'xmlns:xsi': XSI, 'xsi:type': type }, ...members });

function retrieve({ RetrieveRequest: request }, _callback, headers) {
  appendFileSync(log, JSON.stringify({ Retrieve: request }) + '\n');
  check(headers);
  if (request.ObjectType.startsWith('fault')) throw maintenance();
  const from = request.ContinueRequest ? pages.get(request.ContinueRequest) : 0;
  const until = from + (request.Options?.BatchSize ?? 2500);
  const RequestID = `request-${pages.size}`;
  pages.set(RequestID, until);
  return {
    OverallStatus: until < rows.length ? 'MoreDataAvailable' : 'OK',
    RequestID,
    Results: rows.slice(from, until).map((row) => typed(request.ObjectType, row)),
  };
}

function create({ Objects: objects }, _callback, headers) {
  appendFileSync(log, JSON.stringify({ Create: objects }) + '\n');
  check(headers);
  const good = objects.map((object) => /@/.test(object.EmailAddress));
  return {
    Results: good.map((fine, OrdinalID) => ({
      StatusCode: fine ? 'OK' : 'Error',
      StatusMessage: fine ? 'Created <Subscriber> & kept it' : 'Ungültige Adresse',
      OrdinalID,
      ...(fine ? { NewID: 1000 + OrdinalID } : { ErrorCode: 12002 }),
    })),
    RequestID: 'create',
    OverallStatus: good.includes(false) ? 'Has Errors' : 'OK',
  };
}

const http = createServer();

function start(error) {
  if (error) throw error;
  http.listen(0, '127.0.0.1', () => {
    // Whole at once: who waits for it reads it as soon as it is there.
    writeFileSync(`${readyFile}.new`, `http://127.0.0.1:${http.address().port}/Service.asmx\n`);
    renameSync(`${readyFile}.new`, readyFile);
  });
}

const server = soap.listen(http, {
  path: '/Service.asmx',
  services: { PartnerAPI: { Soap: { Retrieve: retrieve, Create: create } } },
  xml: readFileSync(wsdl, 'utf8'),
  uri: wsdl,
  callback: start, // a request before it has read the contract would never be answered
});
// Of its options, only its client takes this one.
server.wsdl.options.preserveWhitespace = true;
const end = () => process.exit(0);
process.on('SIGTERM', end);
setTimeout(end, 1000 * Number(seconds));
