/**
 * The whole document as plain HTML: what a reader sees until Redoc has rendered, on paper and without JavaScript, and what search engines
 * read. Its addresses are Redoc's.
 */
import {
  type Call,
  callsOf,
  type Document,
  type Example,
  type Header,
  nameOf,
  type OperationResponse,
  type Parameter,
  resolve,
  type Schema,
} from "../lib/document.ts";
import type { ShownOperation } from "./content.ts";
import { code, escapeHtml, headings, link, markdown, pre, table } from "./html.ts";
import { addressOf, errorAddressOf, placeIn } from "./links.ts";
import { describeType, fieldsOf, textsOf } from "./schema.ts";
import { type Language, WORDS, type Words } from "./words.ts";

interface Context {
  document: Document;
  words: Words["plain"];
  errorTitle: string;
}

export function renderPlain(document: Document, language: Language): string {
  const { plain: words, tables } = WORDS[language];
  const context = { document, words, errorTitle: tables.title };
  return lines([
    `<nav aria-label="${words.contents}">`,
    renderContents(context),
    "</nav>",
    `<article id="text" tabindex="-1">`,
    `<h1>${escapeHtml(document.info.title)}</h1>`,
    markdown(document.info.description),
    ...document.tags.map((tag) => renderService(tag, context)),
    renderParts(context),
    "</article>",
  ]);
}

const lines = (parts: string[]): string => parts.filter(Boolean).join("\n");

/** The calls first: they are what most readers look for. */
function renderContents({ document, words }: Context): string {
  const item = (id: string, text: string, more = "") => `<li>${link(id, text)}${more}</li>`;
  const services = document.tags.map(({ name }) => {
    const items = callsTo(name, document).map((call) => item(addressOf(call), call.operation.summary));
    return item(`/${name.toLowerCase()}`, name, `<ul>${items.join("")}</ul>`);
  });
  const sections = headings(document.info.description).map(({ id, title }) => item(id, title));
  return `<ul>${[...services, ...sections, item("/parts", words.parts)].join("\n")}</ul>`;
}

function callsTo(tag: string, document: Document): Call[] {
  return callsOf(document).filter(({ service }) => service === tag.toLowerCase());
}

function renderService({ name, description = "", externalDocs }: Document["tags"][number], context: Context): string {
  const id = `/${name.toLowerCase()}`;
  const calls = callsTo(name, context.document);
  return lines([
    `<h2 id="${id}">${name}</h2>`,
    markdown(description),
    renderLink(externalDocs),
    ...calls.map((call) => renderCall(call, context)),
  ]);
}

function renderLink(target: { url: string; description: string } | undefined): string {
  return target ? `<p><a href="${escapeHtml(target.url)}">${escapeHtml(target.description)}</a></p>` : "";
}

function renderCall(call: Call, context: Context): string {
  const { words, errorTitle } = context;
  const operation = call.operation as ShownOperation;
  const address = addressOf(call);
  return lines([
    `<h3 id="${address}">${escapeHtml(operation.summary)}${operation.deprecated ? words.deprecated : ""}</h3>`,
    `<p>${code(`${call.method.toUpperCase()} ${call.path}`)} ${code(operation.operationId)}</p>`,
    markdown(operation.description),
    renderLink(operation.externalDocs),
    `<h4>${words.parameters}</h4>`,
    renderParameters(call, context),
    renderRequestBody(call, context),
    `<h4>${words.answers}</h4>`,
    renderAnswers(call, context),
    `<h4 id="${errorAddressOf(call)}">${errorTitle}</h4>`,
    markdown(operation["x-error-section"]),
    `<h4>${words.samples}</h4>`,
    ...operation["x-codeSamples"].map(({ label, source }) => `<h5>${label}</h5>\n${pre(source)}`),
  ]);
}

function renderParameters(call: Call, { document, words }: Context): string {
  const parameters = call.operation.parameters.map((given) => resolve<Parameter>(document, given));
  const rows = parameters.map((given) => {
    const { name, in: place, required = false, description, schema } = given;
    const texts = [description, schema.description ?? ""].map(markdown);
    return [
      marked(name, required, words),
      words.places[place] ?? place,
      describeType(document, schema, words),
      lines(texts),
    ];
  });
  const ids = parameters.map(({ name, in: place }) => placeIn(call, `t=request&in=${place}&path=${name}`));
  return table(words.parameterColumns, rows, ids);
}

const marked = (name: string, required: boolean, words: Words["plain"]): string =>
  code(name) + (required ? ` <small>${words.required}</small>` : "");

function renderRequestBody(call: Call, context: Context): string {
  const { requestBody } = call.operation;
  if (!requestBody) {
    return "";
  }
  const { schema, examples } = requestBody.content["application/json"];
  return lines([
    `<h4>${context.words.body}</h4>`,
    markdown(requestBody.description),
    renderFields(schema, context, (path) => placeIn(call, `t=request&path=${path}`)),
    renderExamples(examples, context),
  ]);
}

/** @param idOf gives a field its address. Redoc parts the names on the way to it by slashes. */
function renderFields(given: Schema, { document, words }: Context, idOf?: (path: string) => string): string {
  const fields = fieldsOf(document, given);
  const ids = idOf && fields.map(({ path }) => idOf(path.replaceAll(".", "/")));
  const rows = fields.map(({ path, required, schema }) => [
    marked(path, required, words),
    describeType(document, schema, words),
    lines(textsOf(document, schema).map(markdown)),
  ]);
  const { description = "" } = resolve<Schema>(document, given);
  return lines([markdown(description), rows.length > 0 ? table(words.fieldColumns, rows, ids) : ""]);
}

function renderExamples(examples: Record<string, { $ref: string }>, { document, words }: Context): string {
  const shown = Object.values(examples).map((given) => {
    const { summary, description = "", value } = resolve<Example>(document, given);
    const title = `<p>${words.example}${words.colon}${escapeHtml(summary)}</p>`;
    return lines([title, markdown(description), pre(JSON.stringify(value, null, 2))]);
  });
  return lines(shown);
}

/** The bodies of refusals have few forms, which are told once, at the end of the page. */
function renderAnswers(call: Call, context: Context): string {
  const { words } = context;
  const answers = Object.entries(call.operation.responses);
  const rows = answers.map(([status, { description, headers = {}, content }]) => {
    const body = content ? nameOf(content["application/json"].schema) : "";
    return [
      code(status),
      markdown(description),
      Object.keys(headers)
        .map((name) => link("/parts", name))
        .join(", "),
      body === "" ? words.noBody : isSuccess(status) ? code(body) : link(partId(body), body),
    ];
  });
  const bodies = answers.map(([status, answer]) => renderAnswerBody(call, status, answer, context));
  return lines([table(words.answerColumns, rows), ...bodies]);
}

const isSuccess = (status: string): boolean => status.startsWith("2");
const partId = (name: string): string => `/parts/${name.toLowerCase()}`;

function renderAnswerBody(call: Call, status: string, { content }: OperationResponse, context: Context): string {
  if (!content) {
    return "";
  }
  const { schema, examples } = content["application/json"];
  return lines([
    `<h5>${context.words.answerBody(status)}</h5>`,
    isSuccess(status)
      ? renderFields(schema, context, (path) => placeIn(call, `t=response&c=${status}&path=${path}`))
      : "",
    renderExamples(examples, context),
  ]);
}

/** What the answers of all calls share: their headers, and the bodies of refusals. */
function renderParts(context: Context): string {
  const { document, words } = context;
  const { headers, schemas } = document.components;
  const rows = Object.entries<Header>(headers).map(([name, { description, schema }]) => [
    code(name),
    describeType(document, schema, words),
    markdown(description),
  ]);
  const unions = Object.entries(schemas).filter(([, { anyOf }]) => anyOf);
  const members = new Set(unions.flatMap(([, { anyOf = [] }]) => anyOf.map(nameOf)));
  return lines([
    `<h2 id="/parts">${words.parts}</h2>`,
    table(words.fieldColumns, rows),
    ...unions.map(([name, { description = "", anyOf = [] }]) => {
      const forms = anyOf.map(nameOf).map((member) => `<li>${link(partId(member), member)}</li>`);
      return lines([
        `<h3 id="${partId(name)}">${name}</h3>`,
        markdown(description),
        `<ul class="forms">${forms.join("")}</ul>`,
      ]);
    }),
    ...[...members].map((name) => {
      return lines([`<h3 id="${partId(name)}">${name}</h3>`, renderFields(schemas[name] ?? {}, context)]);
    }),
  ]);
}
