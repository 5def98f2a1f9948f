import { buildDocs, DOCS_FOLDER } from "../../scripts/docs.ts";

export default function setup(): void {
  buildDocs(DOCS_FOLDER);
}
