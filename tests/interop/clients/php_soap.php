<?php
// PHP's SoapClient through the scenario: php_soap.php SCENARIO WSDL-URL. Prints JSON.
declare(strict_types=1);

const ET = 'http://exacttarget.com/wsdl/partnerAPI';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

function client(string $wsdl, string $user, string $password): SoapClient
{
    $client = new SoapClient($wsdl, [
        'cache_wsdl' => WSDL_CACHE_NONE,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    ]);
    $text = '<wsse:Security xmlns:wsse="' . WSSE . '"><wsse:UsernameToken><wsse:Username>'
        . htmlspecialchars($user, ENT_XML1) . '</wsse:Username><wsse:Password>'
        . htmlspecialchars($password, ENT_XML1) . '</wsse:Password></wsse:UsernameToken>'
        . '</wsse:Security>';
    $client->__setSoapHeaders(
        new SoapHeader(WSSE, 'Security', new SoapVar($text, XSD_ANYXML), true)
    );
    return $client;
}

function filter(array $part): SoapVar
{
    if (isset($part['left'])) {
        $members = [
            'LeftOperand' => filter($part['left']),
            'LogicalOperator' => $part['operator'],
            'RightOperand' => filter($part['right']),
        ];
        return new SoapVar((object) $members, SOAP_ENC_OBJECT, 'ComplexFilterPart', ET);
    }
    $members = ['Property' => $part['property'], 'SimpleOperator' => $part['operator']];
    if (isset($part['dates'])) {
        $members['DateValue'] = $part['dates'];
    } else {
        $members['Value'] = $part['values'];
    }
    return new SoapVar((object) $members, SOAP_ENC_OBJECT, 'SimpleFilterPart', ET);
}

function retrieve(SoapClient $client, array $query): array
{
    $request = ['ObjectType' => $query['type'], 'Properties' => $query['properties']];
    $options = isset($query['batch']) ? ['Options' => ['BatchSize' => $query['batch']]] : [];
    $more = ['Filter' => filter($query['filter'])];
    $pages = [];
    do {
        $answer = $client->Retrieve(['RetrieveRequest' => $request + $more + $options]);
        $pages[] = $answer->Results ?? [];
        $more = ['ContinueRequest' => $answer->RequestID];
    } while ($answer->OverallStatus === 'MoreDataAvailable');
    return ['status' => $answer->OverallStatus, 'pages' => $pages];
}

function create(SoapClient $client, array $what): object
{
    $objects = [];
    foreach ($what['objects'] as $object) {
        $objects[] = new SoapVar((object) $object, SOAP_ENC_OBJECT, $what['type'], ET);
    }
    return $client->Create(['Options' => new stdClass(), 'Objects' => $objects]);
}

// What a call answers, or the fault that it ends with.
function attempt(callable $call): mixed
{
    try {
        return $call();
    } catch (SoapFault $fault) {
        return ['fault' => ['code' => $fault->faultcode, 'text' => $fault->getMessage()]];
    }
}

[, $path, $wsdl] = $argv;
$scenario = json_decode(file_get_contents($path), true, 512, JSON_THROW_ON_ERROR);
$user = getenv('INTEROP_USER');
$client = client($wsdl, $user, getenv('INTEROP_PASSWORD'));
$stranger = client($wsdl, $user, $scenario['wrong_password']);
echo json_encode([
    'client' => 'PHP SoapClient ' . PHP_VERSION,
    'send' => attempt(fn() => retrieve($client, $scenario['send'])),
    'window' => attempt(fn() => retrieve($client, $scenario['window'])),
    'nested' => attempt(fn() => retrieve($client, $scenario['nested'])),
    'create' => attempt(fn() => create($client, $scenario['create'])),
    'refused' => attempt(fn() => retrieve($stranger, $scenario['send'])),
], JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
