<?php

// Signs the vectors, and prints the headers that it made as one line of JSON.
require '/usr/share/php/GuzzleHttp/autoload.php';
require 'signing/HuaweiCloudSigning.php';

$given = json_decode(file_get_contents('vectors.json'), true);
$authorizations = array_map(
    fn ($of) => (new HuaweiCloudSigning($of['accessKeyId'], $of['secretAccessKey']))
        ->authorization($of['method'], $of['target'], $of['headers'], $of['body'], $of['dialect']),
    $given['vectors'],
);
$dialects = array_map(function ($url) {
    $signed = (new HuaweiCloudSigning('AK', 'SK'))->sign(new GuzzleHttp\Psr7\Request('POST', $url));
    preg_match('/ (\w+)=/', $signed->getHeaderLine('Authorization'), $found);
    return $found[1];
}, $given['urls']);
if (str_contains(print_r(new HuaweiCloudSigning("AK", "SECRET"), true), "SECRET")) {
    throw new Exception("the key shows its secret");
}
echo json_encode(['authorizations' => $authorizations, 'dialects' => $dialects]), "\n";
