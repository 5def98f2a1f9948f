//! Makes the calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.

#[path = "signing/huaweicloud_signing.rs"]
mod huaweicloud_signing;

use backup::apis::configuration::{ApiKey, Configuration};
use backup::apis::dcs_api::{copy_instance, copy_instance_v1, list_backup_records, list_backup_records_v1};
use backup::apis::dcs_api::{CopyInstanceError, CopyInstanceV1Error};
use backup::apis::dds_api::{create_manual_backup, list_backups, show_job_detail, CreateManualBackupError};
use backup::apis::Error;
use backup::models::*;
use huaweicloud_signing::AccessKey;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use serde_json::{json, Value};
use std::env::var;

/// A client of the stand-in, or of what it has at that path: a documented answer, say.
fn at(path: &str) -> Configuration {
    let mut configuration = Configuration::new();
    configuration.base_path = var("STAND_IN_URL").unwrap() + path;
    match var("ACCESS_KEY_ID") {
        Ok(id) => configuration.client = signing(id),
        Err(_) => configuration.api_key = Some(ApiKey { prefix: None, key: var("STAND_IN_TOKEN").unwrap() }),
    }
    configuration
}

fn signing(id: String) -> ClientWithMiddleware {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
    let key = AccessKey {
        id,
        secret: var("SECRET_ACCESS_KEY").unwrap(),
        security_token: var("SECURITY_TOKEN").ok(),
        dialect: var("DIALECT").ok(),
    };
    ClientBuilder::new(builder.build().unwrap()).with(key).build()
}

fn facts(status: u16, code: Value, message: String, request_id: Option<String>, title: Option<String>) -> Value {
    let mut found = json!({ "status": status, "code": code, "message": message });
    if let Some(id) = request_id {
        found["request_id"] = json!(id);
    }
    if let Some(title) = title {
        found["title"] = json!(title);
    }
    found
}

fn flat(status: u16, code: Option<String>, message: Option<String>, request_id: Option<String>) -> Value {
    facts(status, json!(code.unwrap()), message.unwrap(), request_id, None)
}

fn dcs(error: Error<CopyInstanceError>) -> Value {
    let Error::ResponseError(response) = error else { panic!("{error}") };
    let Some(CopyInstanceError::Status400(failure)) = response.entity else { panic!("{:?}", response.entity) };
    let status = response.status.as_u16();
    match failure.error {
        Some(error) => facts(status, json!(error.code), error.message, None, error.title),
        None => flat(status, failure.error_code, failure.error_msg, failure.request_id),
    }
}

fn dcs_v1(error: Error<CopyInstanceV1Error>) -> Value {
    let Error::ResponseError(response) = error else { panic!("{error}") };
    let Some(CopyInstanceV1Error::Status400(failure)) = response.entity else { panic!("{:?}", response.entity) };
    let status = response.status.as_u16();
    match failure.error {
        Some(error) => facts(status, json!(error.code), error.message, None, error.title),
        None => flat(status, failure.error_code, failure.error_msg, failure.request_id),
    }
}

fn dds(error: Error<CreateManualBackupError>) -> Value {
    let Error::ResponseError(response) = error else { panic!("{error}") };
    let Some(CreateManualBackupError::Status400(failure)) = response.entity else { panic!("{:?}", response.entity) };
    flat(response.status.as_u16(), failure.error_code, failure.error_msg, failure.request_id)
}

fn find(records: Option<Vec<BackupRecord>>, id: &str) -> Value {
    let record = records.unwrap().into_iter().find(|record| record.backup_id == id).unwrap();
    json!({ "id": record.backup_id, "status": record.status })
}

#[tokio::main(flavor = "current_thread")]
#[allow(deprecated)]
async fn main() {
    let (project, instance) = (&var("PROJECT_ID").unwrap(), &var("DCS_INSTANCE_ID").unwrap());
    let remark = || Some("before the upgrade".to_string());
    let copy = || BackupInstanceBody { remark: remark(), backup_format: Some(backup_instance_body::BackupFormat::Aof) };
    let copy_v1 = || BackupInstanceV1Body { remark: remark() };
    let create = || {
        let mut option = CreateManualBackupOption::new(var("DDS_INSTANCE_ID").unwrap(), "mybackup1".to_string());
        option.description = remark();
        CreateManualBackupRequestBody::new(option)
    };

    let copied = copy_instance(&at(""), project, instance, copy()).await.unwrap();
    let copied_v1 = copy_instance_v1(&at(""), project, instance, copy_v1()).await.unwrap();
    let created = create_manual_backup(&at(""), project, create()).await.unwrap();
    let started = json!([
        { "backup_id": copied.backup_id },
        { "backup_id": copied_v1.backup_id },
        { "backup_id": created.backup_id, "job_id": created.job_id },
    ]);

    let since = Some("20200101000000");
    let records = list_backup_records(&at(""), project, instance, since, None, None, Some(100)).await.unwrap();
    let records_v1 = list_backup_records_v1(&at(""), project, instance, None, Some(100), since, None).await.unwrap();
    let dds_instance = var("DDS_INSTANCE_ID").unwrap();
    let (begin, end) = (Some("2020-01-01 00:00:00"), Some("2099-12-31 23:59:59"));
    let backups = list_backups(
        &at(""), project, Some(&dds_instance), None, None, None, None, begin, end, None, None, None, None, None, None, None,
    ).await.unwrap().backups.unwrap();
    let job = show_job_detail(&at(""), project, created.job_id.as_deref().unwrap()).await.unwrap().job;
    let found = json!([
        find(records.backup_record_response, &copied.backup_id),
        find(records_v1.backup_record_response, &copied_v1.backup_id),
        backups.into_iter().find(|one| one.id == created.backup_id).map(|one| json!({ "id": one.id, "status": one.status })),
        { "id": job.id, "status": job.status },
    ]);

    let mut errors = Vec::new();
    for answer in ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"] {
        errors.push(dcs(copy_instance(&at(&format!("/answer/{answer}")), project, instance, copy()).await.unwrap_err()));
    }
    for answer in ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"] {
        errors.push(dcs_v1(copy_instance_v1(&at(&format!("/answer/{answer}")), project, instance, copy_v1()).await.unwrap_err()));
    }
    errors.push(dds(create_manual_backup(&at("/answer/400/DdsInvalidName"), project, create()).await.unwrap_err()));
    let losing = at("/lost");
    for _ in 0..var("LOSSES").map_or(0, |losses| losses.parse().unwrap()) {
        assert!(copy_instance(&losing, project, instance, copy()).await.is_err(), "not lost");
    }
    println!("{}", json!({ "started": started, "found": found, "errors": errors }));
}
