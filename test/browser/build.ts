import { buildDocs, DOCS_FOLDER } from "../../scripts/docs/build.ts";

export default function setup(): Promise<void> {
  return buildDocs(DOCS_FOLDER);
}
