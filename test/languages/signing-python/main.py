"""Signs the vectors, and prints the headers that it made as one line of JSON."""

import json

from huaweicloud_signing import AccessKey

with open("vectors.json", encoding="utf-8") as file:
    given = json.load(file)
authorizations = [
    AccessKey(of["accessKeyId"], of["secretAccessKey"]).authorization(
        of["method"], of["target"], of["headers"], of["body"].encode(), of["dialect"]
    )
    for of in given["vectors"]
]
made = [AccessKey("AK", "SK").headers("POST", url)["Authorization"] for url in given["urls"]]
dialects = [header.split()[1].split("=")[0] for header in made]
print(json.dumps({"authorizations": authorizations, "dialects": dialects}))
