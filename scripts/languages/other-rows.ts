/** Rows for what makes no client: the vendor's SDKs, the signing files alone, and what reads the documents. */
import { go, maven, npm, php, python, ruby, tsx } from "./recipes.ts";
import type { Row } from "./rows.ts";

const sdks: Row[] = [
  {
    name: "sdk-java",
    kind: "sdk",
    language: "Java",
    tool: "huaweicloud-sdk-java-v3",
    version: "3.1.130",
    needs: ["java", "mvn"],
    ...maven,
    call: maven.call("-Duser.home=. Main"),
    samples: { end: ".java", call: maven.call('-Duser.home=. "$SAMPLE"') },
  },
  {
    name: "sdk-python",
    kind: "sdk",
    language: "Python",
    tool: "huaweicloud-sdk-python-v3",
    version: "3.1.219",
    ...python,
    call: "python main.py",
    samples: { end: ".py", call: 'python "$SAMPLE/$SAMPLE.py"' },
  },
  {
    name: "sdk-go",
    kind: "sdk",
    language: "Go",
    tool: "huaweicloud-sdk-go-v3",
    version: "0.1.207",
    ...go,
    compile: "go build -trimpath -o bin/ ./...",
    call: "bin/example",
    samples: { end: ".go", call: '"bin/$SAMPLE"' },
  },
];

/** Each signing file with a program that signs the vectors. */
function signing(language: string, row: Partial<Row> & Pick<Row, "needs" | "call">): Row {
  const folder = language.toLowerCase();
  return {
    name: `signing-${folder}`,
    kind: "signing",
    language,
    tool: `signing/${folder}`,
    version: "–",
    signing: folder,
    ...row,
  };
}

const signingFiles: Row[] = [
  signing("Java", { needs: ["java", "mvn"], ...maven, call: maven.call("Main") }),
  signing("Python", { needs: ["python3"], call: "PYTHONPATH=signing python3 main.py" }),
  signing("Go", { needs: go.needs, compile: go.compile, call: go.call }),
  signing("Rust", {
    needs: ["cargo"],
    compile: "cargo build --quiet",
    compileBringsPackages: true,
    call: "$CARGO_TARGET_DIR/debug/vectors",
  }),
  signing("TypeScript", tsx),
  signing("PHP", php),
  signing("Ruby", ruby),
];

/** What reads every document and finds no fault with it. */
function validator(
  name: string,
  tool: string,
  version: string,
  row: Partial<Row> & Pick<Row, "needs">,
  command: string,
): Row {
  const call = `for document in openapi*.json openapi.yaml d?s.openapi-3.0.json; do ${command} "$document"; done`;
  return { name: `validator-${name}`, kind: "validator", language: "any", tool, version, ...row, call };
}

const readers: Row[] = [
  validator(
    "swagger-parser",
    "@apidevtools/swagger-parser",
    "12.1.0",
    npm,
    "ln -sfn $TOOLS/node_modules node_modules; node validate.js",
  ),
  validator("seriousme", "@seriousme/openapi-schema-validator", "2.11.0", npm, "validate-api"),
  validator("openapi-spec-validator", "openapi-spec-validator", "0.9.0", python, "openapi-spec-validator"),
  validator("kin-openapi", "kin-openapi", "0.153.0", { needs: go.needs, install: go.install }, "go tool validate --"),
  {
    name: "schemathesis",
    kind: "schemathesis",
    language: "any",
    tool: "schemathesis",
    version: "4.32.5",
    document: "openapi.json",
    ...python,
    call: 'schemathesis --config-file schemathesis.toml run openapi.json --url "$STAND_IN_URL" --header "X-Auth-Token: $STAND_IN_TOKEN"',
  },
];

export const others: Row[] = [...sdks, ...signingFiles, ...readers];
