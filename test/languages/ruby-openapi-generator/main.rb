# Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.
$LOAD_PATH.unshift('client/lib')
require 'backup'
require_relative 'signing/huaweicloud_signing'

PROJECT, INSTANCE, DDS_INSTANCE = ENV.values_at('PROJECT_ID', 'DCS_INSTANCE_ID', 'DDS_INSTANCE_ID')
REMARK = 'before the upgrade'
COPY = Backup::BackupInstanceBody.new(remark: REMARK, backup_format: 'aof')
COPY_V1 = Backup::BackupInstanceV1Body.new(remark: REMARK)
CREATE = Backup::CreateManualBackupRequestBody.new(
  backup: Backup::CreateManualBackupOption.new(instance_id: DDS_INSTANCE, name: 'mybackup1', description: REMARK)
)

if ENV['ACCESS_KEY_ID']
  key = HuaweiCloudSigning.new(
    ENV['ACCESS_KEY_ID'], ENV['SECRET_ACCESS_KEY'], security_token: ENV['SECURITY_TOKEN'], dialect: ENV['DIALECT']
  )
  Typhoeus.before { |request| key.sign_typhoeus(request) }
end

# A client of the stand-in, or of what it has at that path: a documented answer, say.
def client(at = '')
  url = URI(ENV['STAND_IN_URL'] + at)
  Backup::ApiClient.new(Backup::Configuration.new do |configuration|
    configuration.scheme = url.scheme
    configuration.host = "#{url.host}:#{url.port}"
    configuration.base_path = url.path
    configuration.api_key['X-Auth-Token'] = ENV['STAND_IN_TOKEN']
  end)
end

def dcs(at = '')
  Backup::DCSApi.new(client(at))
end

def dds(at = '')
  Backup::DDSApi.new(client(at))
end

def find(records, id)
  record = records.find { |one| (one.respond_to?(:backup_id) ? one.backup_id : one.id) == id }
  { id: id, status: record&.status }
end

def refused(type)
  raise "not refused: #{yield}"
rescue Backup::ApiError => e
  failure = Backup::ApiClient.new.convert_to_type(JSON.parse(e.response_body, symbolize_names: true), type)
  error = failure.error
  facts = { status: e.code }
  facts.update(error ? { code: error.code, message: error.message } : { code: failure.error_code, message: failure.error_msg })
  facts.update(error ? { title: error.title } : { request_id: failure.request_id }).compact
end

copied = dcs.copy_instance(PROJECT, INSTANCE, COPY)
copied_v1 = dcs.copy_instance_v1(PROJECT, INSTANCE, COPY_V1)
created = dds.create_manual_backup(PROJECT, CREATE)
told = { started: [
  { backup_id: copied.backup_id },
  { backup_id: copied_v1.backup_id },
  { backup_id: created.backup_id, job_id: created.job_id }
] }
unless ENV['STARTS_ALONE']
  since = { begin_time: '20200101000000', limit: 100 }
  period = { begin_time: '2020-01-01 00:00:00', end_time: '2099-12-31 23:59:59' }
  records = dcs.list_backup_records(PROJECT, INSTANCE, since).backup_record_response
  records_v1 = dcs.list_backup_records_v1(PROJECT, INSTANCE, since).backup_record_response
  backups = dds.list_backups(PROJECT, { instance_id: DDS_INSTANCE, **period }).backups
  job = dds.show_job_detail(PROJECT, created.job_id).job
  told[:found] = [
    find(records, copied.backup_id),
    find(records_v1, copied_v1.backup_id),
    find(backups, created.backup_id),
    { id: job.id, status: job.status }
  ]
  told[:errors] = %w[400/DcsRemarkTooLong 504/GatewayTimeout 401/IamUnauthorized].map do |answer|
    refused('DcsFailure') { dcs("/answer/#{answer}").copy_instance(PROJECT, INSTANCE, COPY) }
  end
  told[:errors] += %w[400/DcsV1RemarkTooLong 504/GatewayTimeout 401/IamUnauthorized].map do |answer|
    refused('DcsV1Failure') { dcs("/answer/#{answer}").copy_instance_v1(PROJECT, INSTANCE, COPY_V1) }
  end
  told[:errors] << refused('DdsFailure') { dds('/answer/400/DdsInvalidName').create_manual_backup(PROJECT, CREATE) }
  losing = dcs('/lost')
  ENV['LOSSES'].to_i.times do
    losing.copy_instance(PROJECT, INSTANCE, COPY)
    abort 'not lost'
  rescue Backup::ApiError
    next
  end
end
puts JSON.generate(told)
