// Validators of the request bodies, made from spec/ by `npm run generate`. Do not edit.

export const CopyInstance = validate20;
const schema31 = {"$ref":"spec#/components/schemas/BackupInstanceBody"};
const schema33 = {"title":"BackupInstanceBody","type":"object","description":"What to note about the backup and how to write it. All fields may be left out, but the body may not, so send `{}` at least.","additionalProperties":false,"properties":{"remark":{"type":"string","description":"Free text kept with the backup. The error table allows 128 characters, the console's guide 128 bytes; which one is enforced is not known, so text outside ASCII is safe up to 128 bytes of UTF-8 only.","maxLength":128,"examples":["before the upgrade"]},"backup_format":{"type":"string","description":"File format of the backup: an append-only file or a snapshot. It can be chosen for Redis 4.0 and newer; a Redis 3.0 instance is always backed up as `aof`. The default is that of Huawei Cloud's newest page; Open Telekom Cloud's page names none.","enum":["aof","rdb"],"default":"rdb","examples":["aof"]}}};
const func1 = (text) => [...text].length;

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "remark") || (key0 === "backup_format"))){
const err0 = {instancePath,schemaPath:"spec#/components/schemas/BackupInstanceBody/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.remark !== undefined){
let data0 = data.remark;
if(typeof data0 === "string"){
if(func1(data0) > 128){
const err1 = {instancePath:instancePath+"/remark",schemaPath:"spec#/components/schemas/BackupInstanceBody/properties/remark/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/remark",schemaPath:"spec#/components/schemas/BackupInstanceBody/properties/remark/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.backup_format !== undefined){
let data1 = data.backup_format;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/backup_format",schemaPath:"spec#/components/schemas/BackupInstanceBody/properties/backup_format/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!((data1 === "aof") || (data1 === "rdb"))){
const err4 = {instancePath:instancePath+"/backup_format",schemaPath:"spec#/components/schemas/BackupInstanceBody/properties/backup_format/enum",keyword:"enum",params:{allowedValues: schema33.properties.backup_format.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"spec#/components/schemas/BackupInstanceBody/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const CopyInstanceV1 = validate22;
const schema34 = {"$ref":"spec#/components/schemas/BackupInstanceV1Body"};
const schema35 = {"title":"BackupInstanceV1Body","type":"object","description":"What to note about the backup. All fields may be left out, but the body may not, so send `{}` at least.","additionalProperties":false,"properties":{"remark":{"type":"string","description":"Free text kept with the backup. The error table allows 128 characters, the console's guide 128 bytes; which one is enforced is not known, so text outside ASCII is safe up to 128 bytes of UTF-8 only.","maxLength":128,"examples":["before the upgrade"]}}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "remark")){
const err0 = {instancePath,schemaPath:"spec#/components/schemas/BackupInstanceV1Body/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.remark !== undefined){
let data0 = data.remark;
if(typeof data0 === "string"){
if(func1(data0) > 128){
const err1 = {instancePath:instancePath+"/remark",schemaPath:"spec#/components/schemas/BackupInstanceV1Body/properties/remark/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/remark",schemaPath:"spec#/components/schemas/BackupInstanceV1Body/properties/remark/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"spec#/components/schemas/BackupInstanceV1Body/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const CreateManualBackup = validate23;
const schema36 = {"$ref":"spec#/components/schemas/CreateManualBackupRequestBody"};
const schema37 = {"title":"CreateManualBackupRequestBody","type":"object","description":"Envelope around the one backup to make.","additionalProperties":false,"required":["backup"],"properties":{"backup":{"$ref":"#/components/schemas/CreateManualBackupOption"}}};
const schema38 = {"title":"CreateManualBackupOption","type":"object","description":"Which DDS instance to back up, and what to call the backup.","additionalProperties":false,"required":["instance_id","name"],"properties":{"instance_id":{"type":"string","description":"ID of the DDS instance. Every known one is 32 hexadecimal digits, `in` and two more digits; that shape is not enforced here.","minLength":1,"examples":["a89dab5e39394eccbdb77b19d57b0180in02"]},"name":{"type":"string","description":"Name of the backup: a letter first, then letters, digits, hyphens and underscores, 4 to 64 characters in all. Case matters. On Open Telekom Cloud no two backups of a project may share a name, and a taken one is refused with DBS.201201. Huawei Cloud's pages do not say whether names must be unique, though its error table has that code.","minLength":4,"maxLength":64,"pattern":"^[A-Za-z][A-Za-z0-9_-]{3,63}$","examples":["mybackup1"]},"description":{"type":"string","description":"Free text kept with the backup, up to 256 characters, without line breaks and without any of the seven characters `> ! < \" & ' =`.","maxLength":256,"pattern":"^[^>!<\\x22&'=\\r\\n]*$","examples":["The first manual backup"]}},"examples":[{"instance_id":"a89dab5e39394eccbdb77b19d57b0180in02","name":"mybackup1","description":"The first manual backup"}]};
const pattern4 = new RegExp("^[A-Za-z][A-Za-z0-9_-]{3,63}$", "u");
const pattern5 = new RegExp("^[^>!<\\x22&'=\\r\\n]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.backup === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "backup"},message:"must have required property '"+"backup"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "backup")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.backup !== undefined){
let data0 = data.backup;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.instance_id === undefined){
const err2 = {instancePath:instancePath+"/backup",schemaPath:"#/components/schemas/CreateManualBackupOption/required",keyword:"required",params:{missingProperty: "instance_id"},message:"must have required property '"+"instance_id"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.name === undefined){
const err3 = {instancePath:instancePath+"/backup",schemaPath:"#/components/schemas/CreateManualBackupOption/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data0){
if(!(((key1 === "instance_id") || (key1 === "name")) || (key1 === "description"))){
const err4 = {instancePath:instancePath+"/backup",schemaPath:"#/components/schemas/CreateManualBackupOption/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.instance_id !== undefined){
let data1 = data0.instance_id;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err5 = {instancePath:instancePath+"/backup/instance_id",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/instance_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/backup/instance_id",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/instance_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data0.name !== undefined){
let data2 = data0.name;
if(typeof data2 === "string"){
if(func1(data2) > 64){
const err7 = {instancePath:instancePath+"/backup/name",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/name/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func1(data2) < 4){
const err8 = {instancePath:instancePath+"/backup/name",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/name/minLength",keyword:"minLength",params:{limit: 4},message:"must NOT have fewer than 4 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(!pattern4.test(data2)){
const err9 = {instancePath:instancePath+"/backup/name",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{3,63}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{3,63}$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/backup/name",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data0.description !== undefined){
let data3 = data0.description;
if(typeof data3 === "string"){
if(func1(data3) > 256){
const err11 = {instancePath:instancePath+"/backup/description",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/description/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!pattern5.test(data3)){
const err12 = {instancePath:instancePath+"/backup/description",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/description/pattern",keyword:"pattern",params:{pattern: "^[^>!<\\x22&'=\\r\\n]*$"},message:"must match pattern \""+"^[^>!<\\x22&'=\\r\\n]*$"+"\""};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/backup/description",schemaPath:"#/components/schemas/CreateManualBackupOption/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/backup",schemaPath:"#/components/schemas/CreateManualBackupOption/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate24(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

