# frozen_string_literal: true

# Signs requests to DCS and DDS with an access key (SDK-HMAC-SHA256). It needs nothing but Ruby's standard library.
#
#     key = HuaweiCloudSigning.new('AK', 'SK') # security_token: … for a temporary key
#     Typhoeus.before { |request| key.sign_typhoeus(request) } # all of Typhoeus, as in openapi-generator's clients
#     Faraday.new(url) { |connection| connection.use(HuaweiCloudSigning::Middleware, key) } # the last one to be used
#
# Two warnings:
#
# 1. Never let an HTTP client repeat a request that starts a backup, nor follow a redirect with it. The calls take no
#    idempotency key: each repeat is one more backup, and where a cloud keeps the newest 24, that deletes the oldest.
#    With Typhoeus this file sees to both; with Faraday use neither its retry nor its follow_redirects middleware.
# 2. A backup may exist after 5xx, 408 and 499, a broken connection, a timeout, and a success that can't be read.
#    List the backups before you ask again. Any other 4xx without a `backup_id` started nothing.

require 'erb'
require 'openssl'
require 'uri'

class HuaweiCloudSigning
  # dialect: 'access' for Huawei Cloud, 'scoped' for Open Telekom Cloud. Unless it is given, the host decides.
  def initialize(access_key_id, secret_access_key, security_token: nil, dialect: nil)
    @access_key_id = access_key_id
    @secret_access_key = secret_access_key
    @security_token = security_token
    @dialect = dialect
  end

  # Without the secrets.
  def inspect
    "#<#{self.class} #{@access_key_id}>"
  end

  def sign_typhoeus(request)
    options = request.options
    url = with_blanks(request.url)
    # On a connection that was kept, libcurl sends a request again when the server has just closed it.
    options.merge!(params: {}, followlocation: false, fresh_connect: true, forbid_reuse: true)
    options[:headers].delete('X-Auth-Token')
    options[:headers].merge!(headers(options[:method], url, options[:body]))
    request.base_url = url
  end

  # For Faraday.
  Middleware = Struct.new(:app, :key) do
    def call(env)
      env[:url] = URI(key.with_blanks(env[:url].to_s))
      env[:request_headers].delete('X-Auth-Token')
      env[:request_headers].update(key.headers(env[:method], env[:url], env[:body]))
      app.call(env)
    end
  end

  # The headers that sign a request with this method, URL and body, for any other HTTP client.
  def headers(method, url, body = nil)
    url = URI(url)
    headers = { 'X-Sdk-Date' => Time.now.utc.strftime('%Y%m%dT%H%M%SZ') }
    project = url.path[%r{/v[\d.]+/([^/]+)}, 1]
    headers['X-Project-Id'] = URI.decode_www_form_component(project) if project
    headers['X-Security-Token'] = @security_token if @security_token
    host = url.port == url.default_port ? url.host : "#{url.host}:#{url.port}"
    dialect = @dialect || (url.host.end_with?('.otc.t-systems.com') ? 'scoped' : 'access')
    signed = headers.merge('Host' => host)
    headers.merge('Authorization' => authorization(method.to_s.upcase, url.request_uri, signed, body.to_s, dialect))
  end

  # The header of that name, for the target in a request line, the headers to sign, and the body.
  def authorization(method, target, headers, body, dialect)
    path, query = target.split('?', 2)
    segments = path.gsub('+', '%2B').chomp('/').split('/').map { |part| encode(URI.decode_www_form_component(part)) }
    pairs = URI.decode_www_form(query.to_s).sort # Before it is encoded, as the vendor's SDKs do.
    signed = headers.map { |name, value| [name.downcase, value.strip] }.sort
    names = signed.map(&:first).join(';')
    canonical = [
      method,
      "#{segments.join('/')}/", # The signed path ends in a slash; the sent one does not.
      pairs.map { |pair| pair.map { |text| encode(text) }.join('=') }.join('&'),
      *signed.map { |header| header.join(':') },
      '',
      names,
      OpenSSL::Digest::SHA256.hexdigest(body)
    ].join("\n")
    date = signed.to_h['x-sdk-date']
    text = ['SDK-HMAC-SHA256', date, OpenSSL::Digest::SHA256.hexdigest(canonical)]
    credential = "Access=#{@access_key_id}"
    key = @secret_access_key
    if dialect == 'scoped'
      scope = "#{date[0, 8]}///sdk_request" # Region and service stay empty.
      text.insert(2, scope)
      credential = "Credential=#{@access_key_id}/#{scope}"
      key = scope.split('/').reduce("SDK#{key}") { |secret, part| OpenSSL::HMAC.digest('SHA256', secret, part) }
    end
    signature = OpenSSL::HMAC.hexdigest('SHA256', key, text.join("\n"))
    "SDK-HMAC-SHA256 #{credential}, SignedHeaders=#{names}, Signature=#{signature}"
  end

  # In the query of a URL a blank is written as it is signed.
  def with_blanks(url)
    url.sub(/\?.*/) { |query| query.gsub('+', '%20') }
  end

  private

  # All but A-Z a-z 0-9 - _ . ~ as %XX.
  def encode(text)
    ERB::Util.url_encode(text)
  end
end
