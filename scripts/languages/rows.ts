/** The matrix of `npm run test:languages`: one row per generator, and the README's commands. */
export interface Row {
  /** Its folder in `test/languages`, if it has one, and its name on the command line. */
  name: string;
  /** A generated client, a program on the vendor's SDK, or the fuzzer. */
  kind: "client" | "sdk" | "schemathesis";
  /** The folder in `test/languages`, when it is that of another row. */
  folder?: string;
  language: string;
  tool: string;
  version: string;
  /** The file in `generated/` from which the client is made. */
  document?: string;
  /** Commands that the machine must have. */
  needs: string[];
  /** Brings what the row needs into `$TOOLS`; run once for each version of itself and of the folder's requirements. */
  install?: { name: string; command: string };
  /** Run in a copy of the folder with the document beside it; the README shows it. */
  generate?: string;
  compile?: string;
  /** Makes the calls and prints what came back. */
  call?: string;
  /** The samples in `spec/samples` that use this SDK, by how their names end, and what runs one: `$SAMPLE/$SAMPLE` with that end. */
  samples?: { end: string; call: string };
  /** What a generated client that is not compiled must contain. */
  contains?: RegExp[];
}

export const OPENAPI_GENERATOR = "7.25.0";
const OAPI_CODEGEN = "2.8.2";
const OGEN = "1.20.0";

/** A row of openapi-generator; the command is called as its npm, Homebrew and other packages call it. */
function openapiGenerator(generator: string, language: string, options: string, row: Partial<Row>): Row {
  return {
    name: `${language.toLowerCase()}-openapi-generator`,
    kind: "client",
    language,
    tool: `openapi-generator \`${generator}\``,
    version: OPENAPI_GENERATOR,
    document: "openapi-3.0.json",
    ...row,
    needs: ["java", "mvn", ...(row.needs ?? [])],
    generate: `openapi-generator-cli generate -g ${generator} -i openapi-3.0.json -o client ${options}`.trim(),
  };
}

const maven = {
  compile:
    "mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=classpath.txt",
  call: (main: string) => `java -cp target/classes:$(cat classpath.txt) ${main}`,
};

const python = {
  name: "python",
  command: 'python3 -m venv "$TOOLS" && "$TOOLS/bin/pip" install -q --disable-pip-version-check -r requirements.txt',
};

const npm = {
  name: "npm",
  command:
    'cp package.json "$TOOLS" && cd "$TOOLS" && npm install --no-package-lock --no-audit --no-fund --loglevel=error',
};

const tsx = { compile: "ln -sf $TOOLS/node_modules . && tsc", call: "tsx main.ts" };

const go = { compile: "go build -trimpath -o example .", call: "./example" };

/**
 * Adds a row that makes a client from the exact document. It is compiled but not called: each language reads the unions there in its own
 * way.
 */
function alsoFrom31(row: Row, change: Partial<Row>): Row[] {
  const { call: _, ...rest } = row;
  const generate = (row.generate ?? "").replace("openapi-3.0.json", "openapi.json");
  return [row, { ...rest, name: `${row.name}-3.1`, folder: row.name, document: "openapi.json", generate, ...change }];
}

export const rows: Row[] = [
  openapiGenerator(
    "java",
    "Java",
    "--library okhttp-gson --invoker-package backup --api-package backup.api --model-package backup.model --additional-properties disallowAdditionalPropertiesIfNotPresent=false",
    { compile: maven.compile, call: maven.call("Main") },
  ),
  openapiGenerator("kotlin", "Kotlin", "--package-name backup --additional-properties serializationLibrary=jackson", {
    compile: maven.compile,
    call: maven.call("MainKt"),
  }),
  ...alsoFrom31(
    openapiGenerator("python", "Python", "--package-name backup", {
      needs: ["python3"],
      install: python,
      compile: 'python -m compileall -q client/backup && PYTHONPATH=client python -c "import backup"',
      call: "PYTHONPATH=client python main.py",
    }),
    {},
  ),
  ...alsoFrom31(
    {
      name: "python-openapi-python-client",
      kind: "client",
      language: "Python",
      tool: "openapi-python-client",
      version: "0.29.1",
      document: "openapi-3.0.json",
      needs: ["python3"],
      install: python,
      generate: "openapi-python-client generate --path openapi-3.0.json --meta none --output-path backup",
      compile: 'python -m compileall -q backup && python -c "import backup.models"',
      call: "python main.py",
    },
    {},
  ),
  ...alsoFrom31(
    {
      name: "go-oapi-codegen",
      kind: "client",
      language: "Go",
      tool: "oapi-codegen",
      version: OAPI_CODEGEN,
      document: "openapi-3.0.json",
      needs: ["go"],
      // Without the suffix the type around an answer would be named CopyInstanceResponse, which is already the name of an answer.
      generate:
        "go tool oapi-codegen -generate types,client -package backup -response-type-suffix Result -o backup/client.go openapi-3.0.json",
      ...go,
    },
    { compile: "go build -trimpath ./backup" },
  ),
  {
    name: "go-ogen",
    kind: "client",
    language: "Go",
    tool: "ogen",
    version: OGEN,
    document: "openapi-3.0.json",
    needs: ["go"],
    generate: "go tool ogen --target backup --package backup openapi-3.0.json",
    ...go,
  },
  openapiGenerator("rust", "Rust", "--package-name backup", {
    needs: ["cargo"],
    compile: "cargo build --quiet",
    call: "$CARGO_TARGET_DIR/debug/example",
  }),
  {
    name: "typescript-hey-api",
    kind: "client",
    language: "TypeScript",
    tool: "@hey-api/openapi-ts",
    version: "0.95.0",
    document: "openapi.json",
    needs: ["node", "npm"],
    install: npm,
    generate: "openapi-ts -i openapi.json -o client",
    ...tsx,
  },
  openapiGenerator("typescript-fetch", "TypeScript", "", {
    needs: ["node", "npm"],
    install: npm,
    ...tsx,
  }),
  openapiGenerator("csharp", "C#", "--package-name Backup", {
    name: "csharp",
    contains: [/\bCopyInstanceAsync\(/, /\bCopyInstanceV1Async\(/, /\bCreateManualBackupAsync\(/],
  }),
  openapiGenerator("php", "PHP", "--invoker-package Backup", {
    name: "php",
    contains: [/function copyInstance\(/, /function copyInstanceV1\(/, /function createManualBackup\(/],
  }),
  openapiGenerator("ruby", "Ruby", "--additional-properties gemName=backup,moduleName=Backup", {
    name: "ruby",
    contains: [/def copy_instance\(/, /def copy_instance_v1\(/, /def create_manual_backup\(/],
  }),
  openapiGenerator("swift6", "Swift", "--additional-properties projectName=Backup", {
    name: "swift",
    contains: [/func copyInstance\(/, /func copyInstanceV1\(/, /func createManualBackup\(/],
  }),
  openapiGenerator("dart", "Dart", "--additional-properties pubName=backup", {
    name: "dart",
    contains: [/> copyInstance\(/, /> copyInstanceV1\(/, /> createManualBackup\(/],
  }),
  {
    name: "sdk-java",
    kind: "sdk",
    language: "Java",
    tool: "huaweicloud-sdk-java-v3",
    version: "3.1.130",
    needs: ["java", "mvn"],
    compile: maven.compile,
    call: maven.call("-Duser.home=. Main"),
    samples: { end: ".java", call: maven.call('-Duser.home=. "$SAMPLE"') },
  },
  {
    name: "sdk-python",
    kind: "sdk",
    language: "Python",
    tool: "huaweicloud-sdk-python-v3",
    version: "3.1.219",
    needs: ["python3"],
    install: python,
    call: "python main.py",
    samples: { end: ".py", call: 'python "$SAMPLE/$SAMPLE.py"' },
  },
  {
    name: "sdk-go",
    kind: "sdk",
    language: "Go",
    tool: "huaweicloud-sdk-go-v3",
    version: "0.1.207",
    needs: ["go"],
    compile: "go build -trimpath -o bin/ ./...",
    call: "bin/example",
    samples: { end: ".go", call: '"bin/$SAMPLE"' },
  },
  {
    name: "schemathesis",
    kind: "schemathesis",
    language: "any",
    tool: "schemathesis",
    version: "4.32.5",
    document: "openapi.json",
    needs: ["python3"],
    install: python,
    call: 'schemathesis --config-file schemathesis.toml run openapi.json --url "$STAND_IN_URL" --header "X-Auth-Token: $STAND_IN_TOKEN"',
  },
];

/** The README's table: how to make a client in each language, and what is checked of it. */
export function readmeTable(): string {
  const lines = rows
    .filter((row) => row.generate && !row.folder)
    .map(({ language, tool, version, generate, call }) => {
      const name = tool.split(" ")[0];
      return `| ${language} | ${name} ${version} | \`${generate}\` | ${call ? "compiled, calls, errors" : "generated"} |`;
    });
  return ["| language | generator | command | checked |", "|---|---|---|---|", ...lines].join("\n");
}
