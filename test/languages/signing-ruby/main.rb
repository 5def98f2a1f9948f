# Signs the vectors, and prints the headers that it made as one line of JSON.
require 'faraday'
require 'json'
require_relative 'signing/huaweicloud_signing'

given = JSON.parse(File.read('vectors.json'))
authorizations = given['vectors'].map do |of|
  key = HuaweiCloudSigning.new(of['accessKeyId'], of['secretAccessKey'])
  key.authorization(of['method'], of['target'], of['headers'], of['body'], of['dialect'])
end
raise 'the key shows its secret' if HuaweiCloudSigning.new('AK', 'SECRET').inspect.include?('SECRET')

connection = Faraday.new do |faraday|
  faraday.use HuaweiCloudSigning::Middleware, HuaweiCloudSigning.new('AK', 'SK')
  faraday.adapter :test do |server|
    server.post(URI(given['urls'][0]).path) { |env| [200, {}, env[:request_headers]['Authorization']] }
  end
end
dialects = given['urls'].map { |url| connection.post(url, '{}').body[/ (\w+)=/, 1] }
puts JSON.generate({ authorizations: authorizations, dialects: dialects })
