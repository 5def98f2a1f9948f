/** The validators judge as the spec does, say what is wrong where, and need no eval. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDocument } from "../scripts/lib/document.ts";
import { root } from "../scripts/lib/root.ts";
import { validateCopyInstance, validateCopyInstanceV1, validateCreateManualBackup } from "../src/validate.ts";

test.each<[unknown, [string, string][]]>([
  [{}, []],
  [{ remark: "before the upgrade", backup_format: "aof" }, []],
  [{ remark: "💾".repeat(128) }, []],
  [{ remark: "💾".repeat(129) }, [["/remark", "must NOT have more than 128 characters"]]],
  [{ backup_format: "zip" }, [["/backup_format", 'must be one of "aof", "rdb"']]],
  [
    { backupFormat: "aof", "a/b~c": 1 },
    [
      ["/backupFormat", "is not a field of this body"],
      ["/a~1b~0c", "is not a field of this body"],
    ],
  ],
  [{ remark: null }, [["/remark", "must be string"]]],
  [null, [["", "must be object"]]],
  [[], [["", "must be object"]]],
  ["{}", [["", "must be object"]]],
])("a CopyInstance body: %j", (body, problems) => {
  expect(validateCopyInstance(body)).toEqual(problems.map(([pointer, message]) => ({ pointer, message })));
});

test("a CopyInstanceV1 body has no format", () => {
  expect(validateCopyInstanceV1({ remark: "r" })).toEqual([]);
  expect(validateCopyInstanceV1({ backup_format: "aof" })).toEqual([
    { pointer: "/backup_format", message: "is not a field of this body" },
  ]);
});

test.each<[unknown, string[]]>([
  [{ backup: { instance_id: "i", name: "mybackup1", description: "d" } }, []],
  [{ backup: { instance_id: "i", name: "1b" } }, ["/backup/name", "/backup/name"]],
  [
    { backup: { instance_id: "", name: "mybackup1", description: 'say "no"' } },
    ["/backup/instance_id", "/backup/description"],
  ],
  [{ backup: { instance_id: "i", name: "mybackup1", description: "a\nb" } }, ["/backup/description"]],
  [{ backup: {} }, ["/backup/instance_id", "/backup/name"]],
  [{}, ["/backup"]],
])("a CreateManualBackup body: %j", (body, pointers) => {
  expect(
    validateCreateManualBackup(body)
      .map(({ pointer }) => pointer)
      .sort(),
  ).toEqual(pointers.sort());
});

test("they say of what is missing that it is required", () => {
  expect(validateCreateManualBackup({})).toEqual([{ pointer: "/backup", message: "is required" }]);
});

test("they judge any body as the schema in the bundle does", () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(readDocument(), "spec");
  const text = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.string({ minLength: 125, maxLength: 260, size: "max" }),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,70}$/),
  );
  const field = fc.oneof(text, fc.constantFrom("aof", "rdb"), fc.jsonValue({ maxDepth: 1 }));
  const fields = fc.record(
    { remark: field, backup_format: field, instance_id: field, name: field, description: field },
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    fields,
    fields.map((backup) => ({ backup })),
    fc.jsonValue(),
  );
  for (const [name, validate] of [
    ["BackupInstanceBody", validateCopyInstance],
    ["BackupInstanceV1Body", validateCopyInstanceV1],
    ["CreateManualBackupRequestBody", validateCreateManualBackup],
  ] as const) {
    const judge = ajv.compile({ $ref: `spec#/components/schemas/${name}` });
    fc.assert(
      fc.property(bodies, (body) => {
        expect(validate(body).length === 0).toBe(judge(body));
      }),
      { numRuns: 1000 },
    );
  }
});

test("they run where code may not be made from strings, as under a strict Content-Security-Policy", () => {
  const validators = pathToFileURL(join(root, "generated/validators.js")).href;
  const script = `import { CopyInstance } from ${JSON.stringify(validators)}; console.log(CopyInstance({ backup_format: "zip" }));`;
  const output = execFileSync(process.execPath, [
    "--disallow-code-generation-from-strings",
    "--input-type=module",
    "--eval",
    script,
  ]);
  expect(output.toString()).toBe("false\n");
});
