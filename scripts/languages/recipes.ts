/** How rows are installed, compiled and run in each language. */
import type { Row } from "./rows.ts";

export const OPENAPI_GENERATOR = "7.25.0";

/** A row of openapi-generator; the command is called as its npm, Homebrew and other packages call it. */
export function openapiGenerator(generator: string, language: string, options: string, row: Partial<Row>): Row {
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

/** The same row from the exact document, whose unions each language reads in a way of its own: compiled, but not called. */
export function alsoFrom31(row: Row, change: Partial<Row> = {}): Row[] {
  const { call: _, signing: __, ...rest } = row;
  return [row, { ...from31(rest), ...change }];
}

/** The client that is made from the exact document makes the three calls, to show that it keeps to the address it is given. */
export function alsoCallsFrom31(row: Row, change: Partial<Row> = {}): Row[] {
  return [row, { ...from31(row), startsAlone: true, ...change }];
}

function from31(row: Row): Row {
  const generate = (row.generate ?? "").replace("openapi-3.0.json", "openapi.json");
  return { ...row, name: `${row.name}-3.1`, folder: row.folder ?? row.name, document: "openapi.json", generate };
}

export const maven = {
  compile:
    "mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=classpath.txt",
  compileBringsPackages: true,
  call: (main: string) => `java -cp target/classes:$(cat classpath.txt) ${main}`,
};

export const python = {
  needs: ["python3"],
  install: {
    name: "python",
    command: 'python3 -m venv "$TOOLS" && "$TOOLS/bin/pip" install -q --disable-pip-version-check -r requirements.txt',
  },
};

export const npm = {
  needs: ["node", "npm"],
  install: {
    name: "npm",
    command:
      'cp package.json "$TOOLS" && cd "$TOOLS" && npm install --no-package-lock --no-audit --no-fund --loglevel=error',
  },
};

export const tsx = { ...npm, compile: "ln -sfn $TOOLS/node_modules node_modules && tsc", call: "tsx main.ts" };

export const go = {
  needs: ["go"],
  install: { name: "go", command: "go mod download" },
  compile: "go build -trimpath -o example .",
  call: "./example",
};

export const php = {
  needs: ["php"],
  debian: ["php-cli", "php-curl", "php-mbstring", "php-guzzlehttp-guzzle"],
  call: "php main.php",
};

export const ruby = { needs: ["ruby"], debian: ["ruby", "ruby-typhoeus", "ruby-faraday"], call: "ruby main.rb" };
