/** Renders the reference into `generated/docs/`, one page for each language with its script beside it: `npm run docs`. */
import { buildDocs, DOCS_FOLDER, PAGES } from "./docs/build.ts";

await buildDocs(DOCS_FOLDER);
for (const { target } of Object.values(PAGES)) {
  console.log(`generated/docs/${target}`);
}
