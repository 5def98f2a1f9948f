// What the client knows of the spec at run time, made from spec/ by `npm run generate`. Do not edit.
export const services = [
  "dcs",
  "dds"
];

export const operations = {
  "CopyInstance": {
    "service": "dcs",
    "method": "POST",
    "path": "/v2/{project_id}/instances/{instance_id}/backups"
  },
  "ListBackupRecords": {
    "service": "dcs",
    "method": "GET",
    "path": "/v2/{project_id}/instances/{instance_id}/backups"
  },
  "CopyInstanceV1": {
    "service": "dcs",
    "method": "POST",
    "path": "/v1.0/{project_id}/instances/{instance_id}/backups"
  },
  "ListBackupRecordsV1": {
    "service": "dcs",
    "method": "GET",
    "path": "/v1.0/{project_id}/instances/{instance_id}/backups"
  },
  "CreateManualBackup": {
    "service": "dds",
    "method": "POST",
    "path": "/v3/{project_id}/backups"
  },
  "ListBackups": {
    "service": "dds",
    "method": "GET",
    "path": "/v3/{project_id}/backups"
  },
  "ShowJobDetail": {
    "service": "dds",
    "method": "GET",
    "path": "/v3/{project_id}/jobs"
  }
};

export const servers = [
  {
    "service": "dcs",
    "url": "https://dcs.{region}.myhuaweicloud.com",
    "signing": "access",
    "regions": [
      "ae-ad-1",
      "af-north-1",
      "af-south-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "cn-east-2",
      "cn-east-3",
      "cn-east-4",
      "cn-east-5",
      "cn-north-1",
      "cn-north-11",
      "cn-north-12",
      "cn-north-2",
      "cn-north-4",
      "cn-north-9",
      "cn-south-1",
      "cn-south-2",
      "cn-south-4",
      "cn-southwest-2",
      "cn-southwest-3",
      "eu-west-0",
      "la-north-2",
      "la-south-2",
      "me-east-1",
      "my-kualalumpur-1",
      "na-mexico-1",
      "ru-moscow-1",
      "ru-northwest-2",
      "sa-brazil-1",
      "tr-west-1"
    ]
  },
  {
    "service": "dcs",
    "url": "https://dcs.{region}.otc.t-systems.com",
    "signing": "scoped",
    "regions": [
      "eu-de",
      "eu-nl"
    ]
  },
  {
    "service": "dcs",
    "url": "https://dcs.{region}.myhuaweicloud.eu",
    "signing": "access",
    "regions": [
      "eu-west-101"
    ]
  },
  {
    "service": "dds",
    "url": "https://dds.{region}.myhuaweicloud.com",
    "signing": "access",
    "regions": [
      "ae-ad-1",
      "af-north-1",
      "af-south-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "cn-east-2",
      "cn-east-3",
      "cn-east-4",
      "cn-east-5",
      "cn-north-1",
      "cn-north-11",
      "cn-north-12",
      "cn-north-2",
      "cn-north-4",
      "cn-north-9",
      "cn-south-1",
      "cn-south-2",
      "cn-south-4",
      "cn-southwest-2",
      "cn-southwest-3",
      "eu-west-0",
      "la-north-2",
      "la-south-2",
      "me-east-1",
      "my-kualalumpur-1",
      "na-mexico-1",
      "ru-moscow-1",
      "ru-northwest-2",
      "sa-brazil-1",
      "tr-west-1"
    ]
  },
  {
    "service": "dds",
    "url": "https://dds.{region}.otc.t-systems.com",
    "signing": "scoped",
    "regions": [
      "eu-de",
      "eu-nl"
    ]
  },
  {
    "service": "dds",
    "url": "https://dds.{region}.myhuaweicloud.eu",
    "signing": "access",
    "regions": [
      "eu-west-101"
    ]
  }
];

export const backupStates = {
  "dcs": {
    "waiting": "waiting",
    "backuping": "running",
    "succeed": "completed",
    "failed": "failed",
    "expired": "gone",
    "deleted": "gone"
  },
  "dds": {
    "BUILDING": "running",
    "COMPLETED": "completed",
    "FAILED": "failed",
    "DISABLED": "gone",
    "DELETING": "gone"
  }
};

export const backupFormats = [
  "aof",
  "rdb"
];

export const limits = {
  "remark": 128,
  "name": 64,
  "page": 100
};

export const busyCodes = /* @__PURE__ */ new Set([
  "DCS.4017",
  "111400017",
  "DCS.4026",
  "111400026",
  "DCS.4049",
  "DCS.4096",
  "111400096",
  "DCS.4097",
  "111400097",
  "DCS.4104",
  "111400104",
  "DCS.4108",
  "111400108",
  "DCS.4111",
  "111400111",
  "DCS.4113",
  "111400113",
  "DCS.4114",
  "111400114",
  "DCS.4115",
  "111400115",
  "DCS.4116",
  "111400116",
  "DCS.4117",
  "111400117",
  "DCS.4118",
  "111400118",
  "DCS.4120",
  "111400120",
  "DCS.4121",
  "DCS.4975",
  "CBC.99003651",
  "DBS.201202",
  "DBS.200047",
  "DBS.200998",
  "DBS.200011",
  "DBS.200018",
  "DBS.200019",
  "DBS.200076",
  "DBS.201000",
  "DBS.201014",
  "DBS.201015",
  "DBS.239037",
  "DBS.00010009"
]);
export const absentBackupCodes = /* @__PURE__ */ new Set([
  "DBS.201214",
  "DBS.201204",
  "DBS.201501",
  "DBS.201502",
  "DBS.280110",
  "DBS.280016"
]);
export const nameTakenCodes = /* @__PURE__ */ new Set([
  "DBS.201201"
]);
