/** Redoc, which Redocly's command line puts into a page, as a script of its own. It is corrected here where it has no option. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "../lib/document.ts";
import { REDOCLY_CONFIG, redocly } from "../lib/redocly.ts";
import { root } from "../lib/root.ts";
import { withTemporaryFolder } from "../lib/temporary.ts";
import { SAMPLES } from "./samples.ts";
import { type Language, WORDS, type Words } from "./words.ts";

/** The licenses of Redoc and of what is in it. */
export const LICENSES = ["LICENSE", "THIRD_PARTY_NOTICES"].map((name) => join(root, "node_modules/@redocly/cli", name));

/** JavaScript that tests a text, which is given as JavaScript too. */
const hasChinese = (text: string): string => `/\\p{Script=Han}/u.test(${text})`;

/** The properties of a button, for an element that is none and has an action. */
const asButton = (action: string): string =>
  `role:\`button\`,tabIndex:0,onKeyDown:k=>{(k.key===\`Enter\`||k.key===\` \`)&&(k.preventDefault(),${action}())}`;

/** What is wrong in Redoc 3.0.1 and no option mends. Each is looked for, so that another version fails the build rather than the reader. */
const CORRECTIONS: readonly [what: string, from: string, to: string][] = [
  ["export, which only a module has", "export{RedocStandalone,hydrate,init};", ""],
  ["worker of a module", "new e.Worker(import.meta.dirname+", "new e.Worker(``+"],
  ["worker of a module, second", ":import.meta.url.replace(", ":``.replace("],
  ["options", "const __redoc_options = {", "const __redoc_options = {...globalThis.redocOptions,"],
  ["badge, large", "https://cdn.redoc.ly/redoc/logo-mini-full.svg", "data:,"],
  ["badge, small", "https://cdn.redoc.ly/redoc/logo-mini.svg", "data:,"],
  [
    "labels",
    "useTranslate:()=>({translate:(e,t)=>(",
    "useTranslate:()=>({translate:(e,t)=>globalThis.redocLabels[e]||(",
  ],
  // One key is for the body of a request and that of an answer, which have two names in Chinese.
  [
    "label of an answer's body",
    "u=o(`body`,`Body`)",
    "u=o(String(r).includes(`/response`)?`answerBody`:`body`,`Body`)",
  ],
  // The menu of samples has the request's body in it, under this name.
  [
    "name of the body among the samples",
    "{key:`payload`,label:`Payload`,",
    "{key:`payload`,label:globalThis.redocLabels.payload,",
  ],
  // The choice of a body has no effect on a sample.
  [
    "choice of a body",
    "(0,V.jsx)(CI,{exampleIds:c,selectedIdx:w,onSelect:T}),(0,V.jsx)(EI,{description:i[k??``]?.description}),pe?",
    "pe&&(0,V.jsx)(CI,{exampleIds:c,selectedIdx:w,onSelect:T}),pe&&(0,V.jsx)(EI,{description:i[k??``]?.description}),pe?",
  ],
  // A word of two letters is looked for where a word begins; Chinese has no blanks to tell where that is.
  ["search in Chinese", "return e!==void 0&&TDe.test(e)", `return e!==void 0&&TDe.test(e)&&!${hasChinese("e")}`],
  // The index finds the beginnings of words. Redoc looks inside them only where the index finds nothing, and Chinese always needs that.
  ["search inside a word", "if(!n.length)for(let[r,i]of this._documents)", "for(let[r,i]of this._documents)"],
  // The index takes a code to pieces. Where no text has all of it, what has a piece of it is no answer.
  ["search for an unknown code", "let i=n.length?n:r;", "let i=n.length||/^([a-z]+\\.)?\\d+$/.test(t.text)?n:r;"],
  // An excerpt begins and ends at a blank, and is empty where there is none.
  [
    "beginning of an excerpt in Chinese",
    "if(r>0&&!T0(e[r-1]))for(;r<n&&!T0(e[r]);)r++",
    `if(r>0&&!T0(e[r-1]))for(;r<n&&!T0(e[r])&&!${hasChinese("e[r]")};)r++`,
  ],
  ["end of an excerpt in Chinese", "for(;r>n&&!T0(e[r]);)r--", `for(;r>n&&!T0(e[r])&&!${hasChinese("e[r]")};)r--`],
  // Its name would hide which example is chosen.
  ["name of the menu of examples", '"aria-label":`Example`,', ""],
  // What only a mouse can use, or what tells its name or its state to the eye alone.
  [
    "search that the keyboard reaches",
    '(0,V.jsx)(gEe,{onClick:e,onPointerEnter:t,className:r,"data-testid":`search-trigger`,',
    `(0,V.jsx)(gEe,{onClick:e,onPointerEnter:t,className:r,"data-testid":\`search-trigger\`,${asButton("e")},"aria-haspopup":\`dialog\`,`,
  ],
  [
    "name of the button that clears the search",
    "icon:(0,V.jsx)(ETe,{}),tabIndex:-1}",
    'icon:(0,V.jsx)(ETe,{}),tabIndex:-1,"aria-label":globalThis.redocLabels.clear}',
  ],
  ["what the search says", "Y1=L.div`", "Y1=L.div.attrs({role:`status`})`"],
  [
    "switch of the columns that the keyboard reaches",
    "(0,V.jsxs)(bke,{onClick:t,collapsedSidebar:n,",
    `(0,V.jsxs)(bke,{onClick:t,collapsedSidebar:n,${asButton("t")},"aria-label":a?i(\`sidebar.actions.changeToTwoColumns\`,\`Switch to two columns\`):i(\`sidebar.actions.changeToSingleColumn\`,\`Switch to single column\`),`,
  ],
  // The page has its own main part, with all of Redoc in it.
  ["second main part", "Tje=L.main`", "Tje=L.div.attrs({'data-testid':`panels`})`"],
  [
    "landmark of the menu",
    "(Rke,{className:e,",
    '(Rke,{className:e,role:`navigation`,"aria-label":globalThis.redocLabels.contents,',
  ],
  [
    "current place in the menu",
    "(0,V.jsx)(WOe,{to:t.link,external:t.external,",
    '(0,V.jsx)(WOe,{to:t.link,"aria-current":t.active?`true`:void 0,external:t.external,',
  ],
  [
    "chosen status of an example",
    "(fL,{type:`button`,$active:n,$code:e.code,",
    '(fL,{type:`button`,"aria-pressed":n,$active:n,$code:e.code,',
  ],
  // It tries to make code from text, which the policy forbids, and then does without a worker.
  ["search worker", "e._factory??=Function(XDe),!0", "!1"],
  // The menu has all prose before the calls, and folds them up.
  [
    "order of the menu",
    "t=[...Wje(e.document)];return MMe(e.document,t),t}",
    "t=[...Wje(e.document)],n=[];return MMe(e.document,n),t.splice(1,0,...n),t}",
  ],
  [
    "unfolded calls",
    "n.push({type:`group`,label:d,link:i,routeSlug:i,items:f,",
    "n.push({type:`group`,expanded:`true`,label:d,link:i,routeSlug:i,items:f,",
  ],
  // Headings below the second level are put under those of the first, which the page has for its title alone.
  [
    "level of a section",
    "e.type===`heading`&&e.attributes?.level===1?",
    "e.type===`heading`&&e.attributes?.level===2?",
  ],
  // It has a place for text before the parameters, and none after the answers, where there is room for a table.
  [
    "error codes",
    "let C=p.some(e=>{let t=e;return t.variant===`body`&&",
    "e[`x-error-section`]&&o.push({nodeType:W.CONTAINER,children:[{nodeType:W.HEADER,level:4,label:`Error codes`,labelTranslationKey:`errorCodes`,deepLinkSuffix:`error-codes`},...LT(e[`x-error-section`],n).map(e=>e.node)],panels:[]});let C=p.some(e=>{let t=e;return t.variant===`body`&&",
  ],
];

/** Everything that makes a page of Redoc out of an element with the id `redoc`. */
export async function renderRedoc(document: Document, language: Language): Promise<string> {
  const page = await withTemporaryFolder("docs", (work) => {
    const source = join(work, "openapi.json");
    const template = join(work, "template.hbs");
    const output = join(work, "index.html");
    writeFileSync(source, JSON.stringify(document));
    writeFileSync(template, "{{{redocHTML}}}");
    redocly([
      "build-docs",
      source,
      "--output",
      output,
      "--inlineBundle",
      "--config",
      REDOCLY_CONFIG,
      "--template",
      template,
    ]);
    return readFileSync(output, "utf8");
  });
  const script = /<script type="module">(.*?)<\/script>/s.exec(page)?.[1];
  if (script === undefined) {
    throw new Error("Redocly's page has no module");
  }
  const words = WORDS[language];
  const { tables, plain, redoc } = words;
  const { body: payload, contents } = plain;
  const labels = { errorCodes: tables.title, payload, contents, clear: words.page.clear, ...redoc.keys };
  return [
    '"use strict";',
    "keepPlace();",
    `globalThis.redocLabels=${JSON.stringify(labels)};`,
    `globalThis.redocOptions=${JSON.stringify(optionsFor(plain.body))};`,
    correct(script, redoc),
  ].join("\n");
}

/** Redoc's own list of languages lacks TypeScript, and it shows no sample in a language that is not in the list. */
function optionsFor(body: string): object {
  const languages = [...SAMPLES.map(({ lang, label }) => ({ lang, label })), { lang: "Payload", label: body }];
  return { hideDownloadButtons: true, codeSamples: { languages } };
}

function correct(script: string, { keys, texts }: Words["redoc"]): string {
  let corrected = script;
  for (const [what, from, to] of CORRECTIONS) {
    const parts = corrected.split(from);
    if (parts.length !== 2) {
      throw new Error(`Redoc has "${from}" ${parts.length - 1} times, not once (${what})`);
    }
    corrected = parts.join(to);
  }
  for (const key of Object.keys(keys)) {
    if (!corrected.includes(`\`${key}\``)) {
      throw new Error(`Redoc no longer has a text under the key ${key}`);
    }
  }
  for (const [from, to] of Object.entries(texts)) {
    if (!corrected.includes(from)) {
      throw new Error(`Redoc no longer has "${from}"`);
    }
    corrected = corrected.replaceAll(from, () => to);
  }
  return corrected;
}
