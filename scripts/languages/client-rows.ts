/** A row for each generator of clients that the documents are made for. */
import { alsoCallsFrom31, alsoFrom31, go, maven, openapiGenerator, php, python, ruby, tsx } from "./recipes.ts";
import type { Row } from "./rows.ts";

const noCompiler = "neither Debian nor a language's registry has a compiler for it";

export const clients: Row[] = [
  openapiGenerator(
    "java",
    "Java",
    "--library okhttp-gson --invoker-package backup --api-package backup.api --model-package backup.model --additional-properties disallowAdditionalPropertiesIfNotPresent=false",
    { ...maven, call: maven.call("Main"), signing: "java" },
  ),
  openapiGenerator(
    "java",
    "Java",
    "--library native --invoker-package backup --api-package backup.api --model-package backup.model",
    { ...maven, name: "java-native-openapi-generator", call: maven.call("Main"), signing: "java" },
  ),
  openapiGenerator(
    "kotlin",
    "Kotlin",
    "--package-name backup --additional-properties serializationLibrary=jackson,enumPropertyNaming=UPPERCASE",
    {
      ...maven,
      call: maven.call("MainKt"),
      signing: "java",
    },
  ),
  ...alsoFrom31(
    openapiGenerator("python", "Python", "--package-name backup", {
      ...python,
      compile: 'python -m compileall -q client/backup && PYTHONPATH=client python -c "import backup"',
      call: "PYTHONPATH=client:signing python main.py",
      signing: "python",
    }),
  ),
  ...alsoFrom31({
    name: "python-openapi-python-client",
    kind: "client",
    language: "Python",
    tool: "openapi-python-client",
    version: "0.29.1",
    document: "openapi-3.0.json",
    ...python,
    generate: "openapi-python-client generate --path openapi-3.0.json --meta none --output-path backup",
    compile: 'python -m compileall -q backup && python -c "import backup.models"',
    call: "PYTHONPATH=signing python main.py",
    signing: "python",
  }),
  {
    name: "python-datamodel-code-generator",
    kind: "client",
    language: "Python",
    tool: "datamodel-code-generator",
    version: "0.89.0",
    document: "openapi.json",
    ...python,
    generate: "datamodel-codegen --input openapi.json --output models.py --output-model-type pydantic_v2.BaseModel",
    compile: "python -c 'import models; models.CopyInstanceResponse(backup_id=\"b\", added_later=1)'",
    why: "models alone",
  },
  ...alsoFrom31(
    {
      name: "go-oapi-codegen",
      kind: "client",
      language: "Go",
      tool: "oapi-codegen",
      version: "2.8.2",
      document: "openapi-3.0.json",
      ...go,
      // Without the suffix the answer's wrapper takes the name of the vendor's CopyInstanceResponse.
      generate:
        "go tool oapi-codegen -generate types,client -package backup -response-type-suffix Result -o backup/client.go openapi-3.0.json",
      signing: "go",
    },
    { compile: "go build -trimpath ./backup" },
  ),
  {
    name: "go-ogen",
    kind: "client",
    language: "Go",
    tool: "ogen",
    version: "1.20.0",
    document: "openapi-3.0.json",
    ...go,
    generate: "go tool ogen --target backup --package backup openapi-3.0.json",
    signing: "go",
  },
  ...alsoCallsFrom31(
    openapiGenerator(
      "go",
      "Go",
      // Without the last option an answer with a new field is an error, and the backup has been started.
      "--package-name backup --additional-properties withGoMod=false,disallowAdditionalPropertiesIfNotPresent=false",
      { ...go, signing: "go" },
    ),
    { folder: "go-openapi-generator-3.1" },
  ),
  openapiGenerator("rust", "Rust", "--package-name backup --additional-properties supportMiddleware=true", {
    needs: ["cargo"],
    compile: "cargo build --quiet",
    compileBringsPackages: true,
    call: "$CARGO_TARGET_DIR/debug/example",
    signing: "rust",
  }),
  {
    name: "typescript-hey-api",
    kind: "client",
    language: "TypeScript",
    tool: "@hey-api/openapi-ts",
    version: "0.95.0",
    document: "openapi.json",
    generate: "openapi-ts -i openapi.json -o client",
    ...tsx,
    signing: "typescript",
  },
  {
    name: "typescript-orval",
    kind: "client",
    language: "TypeScript",
    tool: "orval",
    version: "7.13.2",
    document: "openapi.json",
    generate: "orval --input openapi.json --output client/index.ts --client fetch",
    ...tsx,
    signing: "typescript",
  },
  {
    name: "typescript-swagger-typescript-api",
    kind: "client",
    language: "TypeScript",
    tool: "swagger-typescript-api",
    version: "13.13.0",
    document: "openapi-3.0.json",
    generate: "swagger-typescript-api generate -p openapi-3.0.json -o client",
    ...tsx,
    signing: "typescript",
  },
  openapiGenerator("typescript-fetch", "TypeScript", "", { ...tsx, signing: "typescript" }),
  openapiGenerator("typescript-axios", "TypeScript", "", {
    name: "typescript-axios-openapi-generator",
    ...tsx,
    signing: "typescript",
  }),
  ...alsoCallsFrom31(
    openapiGenerator("php", "PHP", "--invoker-package Backup", {
      ...php,
      compile: "find client/lib -name '*.php' -print0 | xargs -0 -n 16 php -l > /dev/null",
      signing: "php",
    }),
  ),
  ...alsoCallsFrom31(
    openapiGenerator("ruby", "Ruby", "--additional-properties gemName=backup,moduleName=Backup", {
      ...ruby,
      compile: "ruby -I client/lib -e 'require \"backup\"'",
      signing: "ruby",
    }),
  ),
  openapiGenerator("csharp", "C#", "--package-name Backup", {
    name: "csharp",
    contains: [/\bCopyInstanceAsync\(/, /\bCopyInstanceV1Async\(/, /\bCreateManualBackupAsync\(/],
    why: noCompiler,
  }),
  openapiGenerator("swift6", "Swift", "--additional-properties projectName=Backup", {
    name: "swift",
    contains: [/func copyInstance\(/, /func copyInstanceV1\(/, /func createManualBackup\(/],
    why: noCompiler,
  }),
  openapiGenerator("dart", "Dart", "--additional-properties pubName=backup", {
    name: "dart",
    contains: [/> copyInstance\(/, /> copyInstanceV1\(/, /> createManualBackup\(/],
    why: noCompiler,
  }),
];
