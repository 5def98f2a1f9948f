//! Makes the three calls and seven refused ones with the generated client, and prints what it decoded as one line of JSON.

use backup::apis::configuration::{ApiKey, Configuration};
use backup::apis::dcs_api::{copy_instance, copy_instance_v1, CopyInstanceError, CopyInstanceV1Error};
use backup::apis::dds_api::{create_manual_backup, CreateManualBackupError};
use backup::apis::Error;
use backup::models::*;
use serde_json::{json, Value};
use std::env::var;

/// A client of the stand-in, or of its documented answer `status/example`.
fn at(answer: &str) -> Configuration {
    let base = var("STAND_IN_URL").unwrap();
    let mut configuration = Configuration::new();
    configuration.base_path = if answer.is_empty() { base } else { format!("{base}/answer/{answer}") };
    configuration.api_key = Some(ApiKey { prefix: None, key: var("STAND_IN_TOKEN").unwrap() });
    configuration
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

    let mut errors = Vec::new();
    for answer in ["400/DcsRemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"] {
        errors.push(dcs(copy_instance(&at(answer), project, instance, copy()).await.unwrap_err()));
    }
    for answer in ["400/DcsV1RemarkTooLong", "504/GatewayTimeout", "401/IamUnauthorized"] {
        errors.push(dcs_v1(copy_instance_v1(&at(answer), project, instance, copy_v1()).await.unwrap_err()));
    }
    errors.push(dds(create_manual_backup(&at("400/DdsInvalidName"), project, create()).await.unwrap_err()));
    println!("{}", json!({ "started": started, "errors": errors }));
}
