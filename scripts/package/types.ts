/** Compiles users of the installed package with old and new compilers, strict and not, with and without the web's types. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

interface Case {
  options: Record<string, unknown>;
  files: string[];
}

const COMPILERS = ["typescript-5.4", "typescript-5.9", "typescript-6", "typescript-7"];
const RESOLUTIONS = [
  { module: "esnext", moduleResolution: "bundler" },
  { module: "nodenext", moduleResolution: "nodenext" },
];
const STRICT = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

const COMMON_JS = { module: "commonjs", lib: ["es2022", "dom"], types: [], ...STRICT };

/** Where the types of `fetch` come from. Without any, `./openapi-fetch` can't compile: openapi-fetch's own declarations name them. */
const PLATFORMS = [
  { name: "DOM", options: { lib: ["es2022", "dom"], types: [] }, provides: ["web"] },
  { name: "Node", options: { lib: ["es2022"], types: ["node"] }, provides: ["web", "node"] },
  {
    name: "DOM and Node",
    options: { lib: ["es2022", "dom", "dom.iterable"], types: ["node"] },
    provides: ["web", "node"],
  },
  { name: "neither", options: { lib: ["es2022"], types: [] }, provides: [] },
] as const;

/**
 * Sources in the project, by file name: those that need no types but the package's, those that need the web's, those that need Node's, and
 * those of a CommonJS project.
 */
type Consumers = Record<"plain" | "web" | "node" | "commonJs", string[]>;

/** @returns how many compilations there were. @throws with the compiler's words when one fails. */
export async function checkTypes(project: string, tools: string, consumers: Consumers): Promise<number> {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  for (const name of ["@types/node", "undici-types"]) {
    symlinkSync(join(tools, "node_modules", name), join(project, "node_modules", name));
  }
  const cases = RESOLUTIONS.flatMap((resolution) =>
    PLATFORMS.flatMap(({ options, provides }): Case[] => {
      const { plain } = consumers;
      const files = [...plain, ...provides.flatMap((kind) => consumers[kind])];
      return [
        { options: { ...resolution, ...options, ...STRICT }, files },
        // openapi-fetch's types cost seconds, and strictness is not what they depend on.
        { options: { ...resolution, ...options, strict: false }, files: plain },
      ];
    }),
  );
  cases.push({ options: COMMON_JS, files: consumers.commonJs });
  const failures: string[] = [];
  const waiting = [...COMPILERS];
  const work = async () => {
    for (let compiler = waiting.shift(); compiler; compiler = waiting.shift()) {
      const failure = await compile(project, join(tools, "node_modules", compiler, "bin/tsc"), compiler, cases);
      if (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failures.length > 0) {
    throw new Error(failures.join("\n\n"));
  }
  return cases.length * COMPILERS.length;
}

/** All cases in one process, which reads the libraries once: that takes less than half of the time. */
function compile(project: string, tsc: string, compiler: string, cases: Case[]): Promise<string | undefined> {
  const configs = cases.map(({ options, files }, index) => {
    // Of the declarations, only the compiler's own are not checked: they take most of the time.
    const checked = { skipLibCheck: false, skipDefaultLibCheck: true };
    const compilerOptions = { target: "es2022", noEmit: true, resolveJsonModule: true, ...checked, ...options };
    const name = `tsconfig.${compiler}.${index}.json`;
    writeFileSync(join(project, name), JSON.stringify({ compilerOptions, files }));
    return name;
  });
  return new Promise((resolve) => {
    // Its own words name the configuration that they are about.
    execFile(process.execPath, [tsc, "--build", "--verbose", ...configs], { cwd: project }, (error, stdout, stderr) => {
      resolve(error ? `${compiler}\n${stdout}${stderr}` : undefined);
    });
  });
}

/** The `ts` code blocks of a Markdown page, as files of the project. @returns their names. */
export function writeSamples(project: string, page: string, markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""], index) => {
    const name = `${page.replace(/\W/g, "-")}-${index + 1}.ts`;
    writeFileSync(join(project, name), `${code}export {};\n`);
    return name;
  });
}

export function copyConsumers(project: string, sources: string[]): string[] {
  return sources.map((source) => {
    const name = source.split("/").at(-1) ?? "";
    copyFileSync(source, join(project, name));
    return name;
  });
}
