/** The samples of the docs start a backup when a reader runs them, or show what has become of one. Those for Node run here; see also test/samples/. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { operations, servers } from "../generated/tables.js";
import { SAMPLES } from "../scripts/docs/samples.ts";
import { readDocument } from "../scripts/lib/document.ts";
import { root } from "../scripts/lib/root.ts";
import { PROJECT_ID, TEST_KEY } from "../scripts/lib/test-account.ts";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import { authorization } from "../src/signing.ts";
import { calls, describeRuns, directory, operationIds, prepareGround, shown } from "./samples/support.ts";

const ground = prepareGround();

test("every operation has a sample in every language, and there is none besides", () => {
  expect([...operationIds].sort()).toEqual(Object.keys(operations).sort());
  const files = operationIds.flatMap((id) => SAMPLES.map(({ end }) => id + end));
  expect(readdirSync(directory).sort()).toEqual([...files, "sign.sh", "tsconfig.json"].sort());
});

describe.each(operationIds.flatMap((id) => SAMPLES.map(({ end }) => id + end)))("%s", (file) => {
  test("reads the same variables as the others, and no others", () => {
    const names = new Set(shown(file).match(/\bCLOUD_[A-Z_]+/g));
    expect([...names].sort()).toEqual([
      "CLOUD_ENDPOINT",
      file.startsWith("ShowJobDetail.") ? "CLOUD_JOB_ID" : "CLOUD_INSTANCE_ID",
      "CLOUD_PROJECT_ID",
      "CLOUD_REGION",
      "CLOUD_SDK_AK",
      "CLOUD_SDK_SK",
    ]);
  });

  test.skipIf(file.endsWith(".ts"))("knows every region of another cloud than Huawei Cloud", () => {
    expect(missingIn(shown(file))).toEqual([]);
  });
});

test("the commands in the description of tokens know every region of another cloud than Huawei Cloud", () => {
  const { description = "" } = readDocument().components.securitySchemes["XAuthToken"] ?? {};
  expect(missingIn(description)).toEqual([]);
});

/** A region that a sample does not name is sought among the hosts of Huawei Cloud. */
function missingIn(text: string): string[] {
  const ofOthers = servers.filter(({ url }) => !/\.myhuaweicloud\.(com|eu)$/.test(url));
  const regions = ofOthers.flatMap(({ regions }) => regions);
  expect(regions.length).toBeGreaterThan(0);
  return regions.filter((region) => !text.includes(region));
}

describe("TypeScript", () => {
  test("compiles under the strictest settings", () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "--noEmit", "-p", directory], { stdio: "pipe" });
  });

  beforeAll(() =>
    build({
      entryPoints: operationIds.map((id) => `${directory}${id}.ts`),
      outdir: ground.programs,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      tsconfig: `${directory}tsconfig.json`,
    }),
  );

  describeRuns(ground, ".ts", (id) => [process.execPath, [join(ground.programs, `${id}.mjs`)]]);
});

test("the stand-in takes what the vendor's SDK for Go signs, which is not Host, but no less", async () => {
  const { path: target = "" } = calls["CopyInstance"] ?? {};
  const sent = {
    host: "dcs.example.com",
    "user-agent": "go",
    "x-project-id": PROJECT_ID,
    "x-sdk-date": "20261122T030000Z",
  };
  const faultOf = async (...names: (keyof typeof sent)[]) => {
    const headers = Object.fromEntries(names.map((name) => [name, sent[name]]));
    const value = await authorization({ method: "POST", path: target, headers, body: "{}" }, TEST_KEY, "access");
    const request = { method: "POST", target, headers: { ...sent, authorization: value }, body: "{}" };
    return findSignatureFault(request, TEST_KEY, Date.UTC(2026, 10, 22, 3));
  };
  expect(await faultOf("user-agent", "x-project-id", "x-sdk-date")).toBeUndefined();
  expect(await faultOf("user-agent", "x-project-id")).toBe("x-sdk-date must be signed");
});
