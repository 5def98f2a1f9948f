/** What a program of five lines costs the compiler, with each way to make the call. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import typescript from "typescript";
import { root } from "../lib/root.ts";
import { aimed, median } from "./figures.ts";

const USERS = {
  fetch: `
    const response = await fetch("https://dcs.cn-north-4.myhuaweicloud.com", { method: "POST", body: "{}" });
    const answer: { backup_id: string } = await response.json();
    const id: string = answer.backup_id;
    console.log(id);
    export {};`,
  "huaweicloud-backup": `
    import { createBackupClient } from "huaweicloud-backup";
    const backups = createBackupClient({ region: "cn-north-4", projectId: "p", credentials: { token: "t" } });
    const answer = await backups.copyInstance("i", { backup_format: "aof" });
    const id: string = answer.backup_id;
    console.log(id);`,
  "huaweicloud-backup/openapi-fetch": `
    import { createOpenApiClients } from "huaweicloud-backup/openapi-fetch";
    const { dcs } = createOpenApiClients({ region: "cn-north-4", credentials: { token: "t" } });
    const params = { path: { project_id: "p", instance_id: "i" } };
    const { data } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", { params, body: {} });
    console.log(data?.backup_id);`,
  axios: `
    import axios from "axios";
    const answer = await axios.post<{ backup_id: string }>("https://dcs.cn-north-4.myhuaweicloud.com", {});
    const id: string = answer.data.backup_id;
    console.log(id);
    export {};`,
  // Its package for DCS is not on npm: this is what such a package stands on, without the thousands of types that it adds.
  "vendor's SDK, its core alone": `
    import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
    import { ClientBuilder } from "@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js";
    const builder = new ClientBuilder((client) => client).withCredential(new BasicCredentials().withAk("a").withSk("s"));
    const request = { method: "POST", url: "/v2", contentType: "application/json", queryParams: {}, pathParams: {}, headers: {} };
    const answer = await builder.build().sendRequest<{ backup_id?: string; httpStatusCode: number }>(request);
    console.log(answer.backup_id);`,
};

export function compileTimes(folder: string, rounds: number): string {
  const lines = [true, false].flatMap((skipLibCheck) => {
    const configs = Object.entries(USERS).map(([name, code], index) => {
      const file = `user-${index}.ts`;
      const config = join(folder, `tsconfig.user-${index}-${skipLibCheck}.json`);
      const options = { module: "nodenext", target: "es2022", lib: ["es2022", "dom"], types: [], strict: true };
      writeFileSync(join(folder, file), code);
      writeFileSync(
        config,
        JSON.stringify({ compilerOptions: { ...options, noEmit: true, skipLibCheck }, files: [file] }),
      );
      return { name, config, times: [] as number[], instantiations: "" };
    });
    for (let round = 0; round < rounds; round++) {
      for (const it of configs) {
        const report = compile(it.config);
        it.instantiations = /^Instantiations: +(\d+)/m.exec(report)?.[1] ?? "";
        it.times.push(Number(/^Total time: +([\d.]+)s/m.exec(report)?.[1]));
      }
    }
    const unit = configs[0]?.times ?? [];
    return configs.map(({ name, times, instantiations }) => {
      const ratio = median(times.map((time, round) => time / (unit[round] ?? 1)));
      const aim = name === "huaweicloud-backup" ? { most: skipLibCheck ? 1.15 : 1.3 } : {};
      return `| ${skipLibCheck} | ${name} | ${aimed(ratio, aim)} | ${instantiations} |`;
    });
  });
  return [
    `TypeScript ${typescript.version}, strict, with the DOM's types. Time by that of \`fetch\`; instantiations are exact.`,
    "",
    "| `skipLibCheck` | calls with | time | instantiations |",
    "|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function compile(config: string): string {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return execFileSync(process.execPath, [tsc, "-p", config, "--extendedDiagnostics"], { encoding: "utf8" });
}
