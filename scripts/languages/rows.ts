/** The matrix of `npm run test:languages`: one row per tool, and the README's table of them. */
import { clients } from "./client-rows.ts";
import { others } from "./other-rows.ts";

export interface Row {
  /** Its folder in `test/languages`, if it has one, and its name on the command line. */
  name: string;
  /** A generated client, a program on the vendor's SDK, the fuzzer, a signing file alone, or what only reads the documents. */
  kind: "client" | "sdk" | "schemathesis" | "signing" | "validator";
  /** The folder, where it is another row's. */
  folder?: string;
  language: string;
  tool: string;
  version: string;
  /** File in `generated/` that is generated from, as shipped. */
  document?: string;
  /** Commands that the machine must have. */
  needs: string[];
  /** Packages of Debian that bring them. */
  debian?: string[];
  /** Brings what the row needs into `$TOOLS`; run once for each version of itself and of the folder's requirements. */
  install?: { name: string; command: string };
  /** Run in a copy of the folder with the document beside it; the README shows it. */
  generate?: string;
  compile?: string;
  /** It brings packages as well, so it has a network. Nothing else has. */
  compileBringsPackages?: boolean;
  /** Makes the calls and prints what came back. */
  call?: string;
  /** It makes the three calls and no others. */
  startsAlone?: boolean;
  /** The folder of `spec/signing` that the program signs with. */
  signing?: string;
  /** The samples in `spec/samples` that use this SDK, by how their names end, and what runs one: `$SAMPLE/$SAMPLE` with that end. */
  samples?: { end: string; call: string };
  /** What a generated client that is not compiled must contain. */
  contains?: RegExp[];
  /** Why no more of it is checked. */
  why?: string;
}

export const rows: Row[] = [...clients, ...others];

/** The README's table: how to make a client in each language, and what is checked of it. */
export function readmeTable(): string {
  const lines = rows
    .filter((row) => row.generate && !row.folder)
    .map(({ language, tool, version, generate, compile, call, signing, why }) => {
      const name = tool.split(" ")[0];
      const checked = call ? "calls, errors, finds backups" : compile ? "compiled" : "generated";
      const cells = [language, `${name} ${version}`, `\`${generate}\``, why ? `${checked}; ${why}` : checked];
      return `| ${cells.join(" | ")} | ${signing ? `\`signing/${signing}\`` : "–"} |`;
    });
  const validators = rows.filter(({ kind }) => kind === "validator").map(({ tool, version }) => `${tool} ${version}`);
  return [
    "| language | generator | command | checked | signed with a key |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    `The documents are valid for ${validators.join(", ")}.`,
  ].join("\n");
}
