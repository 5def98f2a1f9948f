//! Signs the vectors, and prints the headers that it made as one line of JSON.

#[path = "signing/huaweicloud_signing.rs"]
mod huaweicloud_signing;

use huaweicloud_signing::{sdk_date, AccessKey};
use serde_json::{json, Value};

fn main() {
    for (seconds, date) in [
        (0, "19700101T000000Z"),
        (951_782_399, "20000228T235959Z"),
        (951_782_400, "20000229T000000Z"),
        (1_735_689_599, "20241231T235959Z"),
        (1_795_316_645, "20261122T030405Z"),
        (4_107_542_400, "21000301T000000Z"),
    ] {
        assert_eq!(sdk_date(seconds), date);
    }
    let given: Value = serde_json::from_str(&std::fs::read_to_string("vectors.json").unwrap()).unwrap();
    let text = |of: &Value, name: &str| of[name].as_str().unwrap().to_string();
    let mut authorizations = Vec::new();
    for of in given["vectors"].as_array().unwrap() {
        let key = AccessKey { id: text(of, "accessKeyId"), secret: text(of, "secretAccessKey"), ..AccessKey::default() };
        let headers: Vec<_> = of["headers"].as_object().unwrap().iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap().to_string())).collect();
        let (method, target, body) = (text(of, "method"), text(of, "target"), text(of, "body"));
        authorizations.push(key.authorization(&method, &target, &headers, body.as_bytes(), &text(of, "dialect")));
    }
    let mut dialects = Vec::new();
    for url in given["urls"].as_array().unwrap() {
        let mut request = reqwest::Request::new(reqwest::Method::POST, url.as_str().unwrap().parse().unwrap());
        let key = AccessKey { id: "AK".to_string(), secret: "SK".to_string(), ..AccessKey::default() };
        key.sign(&mut request, 1_795_316_645).unwrap();
        let header = request.headers()["authorization"].to_str().unwrap().to_string();
        dialects.push(header.split([' ', '=']).nth(1).unwrap().to_string());
    }
    println!("{}", json!({ "authorizations": authorizations, "dialects": dialects }));
}
