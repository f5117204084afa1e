<?php
// All SentEvents of a send as CSV, by PHP's SoapClient: csv.php WSDL-URL JOBID PROPERTY...
declare(strict_types=1);

const ET = 'http://exacttarget.com/wsdl/partnerAPI';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

[, $wsdl, $job] = $argv;
$properties = array_slice($argv, 3);
$client = new SoapClient($wsdl, [
    'cache_wsdl' => WSDL_CACHE_NONE,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
]);
$text = '<wsse:Security xmlns:wsse="' . WSSE . '"><wsse:UsernameToken><wsse:Username>'
    . getenv('ETSOAP_USERNAME') . '</wsse:Username><wsse:Password>' . getenv('ETSOAP_PASSWORD')
    . '</wsse:Password></wsse:UsernameToken></wsse:Security>';
$client->__setSoapHeaders(
    new SoapHeader(WSSE, 'Security', new SoapVar($text, XSD_ANYXML), true)
);
$filter = (object) ['Property' => 'SendID', 'SimpleOperator' => 'equals', 'Value' => $job];
$more = ['Filter' => new SoapVar($filter, SOAP_ENC_OBJECT, 'SimpleFilterPart', ET)];
$out = fopen('php://stdout', 'w');
fputcsv($out, $properties);
do {
    $answer = $client->Retrieve(['RetrieveRequest' => [
        'ObjectType' => 'SentEvent',
        'Properties' => $properties,
    ] + $more]);
    foreach ($answer->Results ?? [] as $row) {
        fputcsv($out, array_map(fn ($name) => $row->$name ?? '', $properties));
    }
    $more = ['ContinueRequest' => $answer->RequestID];
} while ($answer->OverallStatus === 'MoreDataAvailable');
