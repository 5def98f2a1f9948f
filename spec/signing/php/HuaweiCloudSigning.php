<?php

/**
 * Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256), as a middleware of Guzzle, with PHP 8 alone.
 *
 *     $stack = GuzzleHttp\HandlerStack::create();
 *     $stack->unshift(new HuaweiCloudSigning('AK', 'SK')); // a third argument is the security token of a temporary key
 *     $api = new Backup\Api\DCSApi(new GuzzleHttp\Client(['handler' => $stack]), $configuration); // openapi-generator
 *
 * Two warnings:
 *
 * 1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
 *    idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
 *    This middleware sees to both, if it comes first, and if no retry middleware is in the stack.
 * 2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
 *    List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.
 */
final class HuaweiCloudSigning
{
    /** @param $dialect "access" for Huawei Cloud, "scoped" for Open Telekom Cloud; for null, the host decides */
    public function __construct(
        private string $accessKeyId,
        private string $secretAccessKey,
        private ?string $securityToken = null,
        private ?string $dialect = null,
    ) {
    }

    /** Without the secrets. */
    public function __debugInfo(): array
    {
        return ['accessKeyId' => $this->accessKeyId];
    }

    public function __invoke(callable $next): callable
    {
        return function ($request, array $options) use ($next) {
            $options['allow_redirects'] = false;
            // On a connection that was kept, libcurl sends a request again when the server has just closed it.
            $options['curl'] = [CURLOPT_FRESH_CONNECT => true, CURLOPT_FORBID_REUSE => true] + ($options['curl'] ?? []);
            return $next($this->sign($request), $options);
        };
    }

    /** The same request with the headers that sign it. */
    public function sign(\Psr\Http\Message\RequestInterface $request): \Psr\Http\Message\RequestInterface
    {
        $uri = $request->getUri();
        $uri = $uri->withQuery(str_replace('+', '%20', $uri->getQuery()));
        $request = $request->withUri($uri)->withoutHeader('X-Auth-Token');
        $headers = ['X-Sdk-Date' => gmdate('Ymd\THis\Z')];
        if (preg_match('#/v[\d.]+/([^/]+)#', $uri->getPath(), $found)) {
            $headers['X-Project-Id'] = rawurldecode($found[1]);
        }
        if ($this->securityToken !== null) {
            $headers['X-Security-Token'] = $this->securityToken;
        }
        foreach ($headers as $name => $value) {
            $request = $request->withHeader($name, $value);
        }
        $headers['Host'] = $request->getHeaderLine('Host');
        $dialect = $this->dialect ?? (str_ends_with($uri->getHost(), '.otc.t-systems.com') ? 'scoped' : 'access');
        return $request->withHeader('Authorization', $this->authorization(
            $request->getMethod(), $request->getRequestTarget(), $headers, (string) $request->getBody(), $dialect
        ));
    }

    /** The header of that name, for the target in a request line, the headers to sign, and the body. */
    public function authorization(string $method, string $target, array $headers, string $body, string $dialect): string
    {
        [$path, $query] = array_pad(explode('?', $target, 2), 2, '');
        $path = array_map(fn ($segment) => rawurlencode(rawurldecode($segment)), explode('/', rtrim($path, '/')));
        $pairs = array_map(
            fn ($pair) => array_map('urldecode', array_pad(explode('=', $pair, 2), 2, '')),
            array_filter(explode('&', $query), fn ($pair) => $pair !== ''),
        );
        // Sorted before it is encoded, as the vendor's SDKs do.
        usort($pairs, fn ($a, $b) => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));
        $query = array_map(fn ($pair) => implode('=', array_map('rawurlencode', $pair)), $pairs);
        $headers = array_map('trim', array_change_key_case($headers));
        ksort($headers, SORT_STRING);
        $names = implode(';', array_keys($headers));
        $lines = array_map(fn ($name, $value) => "$name:$value\n", array_keys($headers), $headers);
        // The signed path ends in a slash; the sent one does not.
        $canonical = implode("\n", [
            $method,
            implode('/', $path) . '/',
            implode('&', $query),
            implode('', $lines),
            $names,
            hash('sha256', $body),
        ]);
        $text = "SDK-HMAC-SHA256\n{$headers['x-sdk-date']}\n";
        $credential = "Access=$this->accessKeyId";
        $key = $this->secretAccessKey;
        if ($dialect === 'scoped') {
            $scope = substr($headers['x-sdk-date'], 0, 8) . '///sdk_request'; // Region and service stay empty.
            $text .= "$scope\n";
            $credential = "Credential=$this->accessKeyId/$scope";
            $key = "SDK$key";
            foreach (explode('/', $scope) as $part) {
                $key = hash_hmac('sha256', $part, $key, true);
            }
        }
        $signature = hash_hmac('sha256', $text . hash('sha256', $canonical), $key);
        return "SDK-HMAC-SHA256 $credential, SignedHeaders=$names, Signature=$signature";
    }
}
