// The form of `/try/`: made from the OpenAPI document, sent to the server that this page came from.
import { run, signed } from "./try-calls.js";

const { words, misbehaviours, account, document: api } = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const element = (name, facts, ...children) => {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...children);
  return made;
};
const resolve = (node) =>
  node?.$ref
    ? node.$ref
        .slice(2)
        .split("/")
        .reduce((value, key) => value[key], api)
    : node;
const calls = Object.entries(api.paths).flatMap(([path, item]) =>
  ["post", "get"].flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
);
// What starts something first, and the current calls before the old ones, which are for those who have them.
const rank = ({ method, operation }) => Number(method === "get") * 2 + Number(operation.deprecated ?? false);
calls.sort((a, b) => rank(a) - rank(b));

/** What the reader has written into the fields that several calls share. */
const written = new Map();

/** Ends the following of what was sent before. */
let following = new AbortController();

$("token").value = account.token;
$("access-key-id").value = account.accessKeyId;
$("secret-access-key").value = account.secretAccessKey;
$("call").append(
  ...calls.map(({ operation }, index) => new Option(`${operation.operationId} · ${operation.summary}`, index)),
);
// Heard here before the form hears of it, so that the fields are there.
$("call").addEventListener("input", showCall);
$("example").addEventListener("input", fillBody);
document.querySelector("form").addEventListener("input", showCurl);
document.querySelector("form").addEventListener("submit", send);
// The address is its own, or that of a place in the docs.
const named = location.hash.toLowerCase().split(/[#/]/);
const chosen = calls.findIndex(({ operation }) => named.includes(operation.operationId.toLowerCase()));
$("call").value = String(Math.max(chosen, 0));
showCall();

function current() {
  return calls[Number($("call").value)];
}

function showCall() {
  const { path, method, operation } = current();
  // The other language opens with the same call.
  history.replaceState(null, "", `#${operation.operationId}`);
  $("other-language").href = `/try/?lang=${words.otherLanguage}#${operation.operationId}`;
  $("path").textContent = `${method.toUpperCase()} ${path}`;
  $("parameters").replaceChildren(...operation.parameters.flatMap((node) => makeField(resolve(node), node.$ref)));
  $("body-part").hidden = method === "get";
  $("example").replaceChildren(...bodiesOf(operation).map(({ summary }, index) => new Option(summary, index)));
  $("answer").replaceChildren(new Option(words.own, ""), ...orderGroups(method, operation));
  fillBody();
}

function makeField({ name, in: place, required, description, schema }, shared) {
  const label = element("label", { htmlFor: name, textContent: name });
  const example = String(schema.examples?.[0] ?? "");
  const facts = { id: name, spellcheck: false, autocomplete: "off", required: Boolean(required) };
  const value = written.get(shared) ?? example;
  const input = element("input", { ...facts, ...(place === "path" ? { value } : { placeholder: example }) });
  if (shared) {
    input.addEventListener("input", () => written.set(shared, input.value));
  }
  const hint = element("small", { id: `${name}-hint`, textContent: description.replaceAll("`", "") });
  input.setAttribute("aria-describedby", hint.id);
  return [label, input, hint];
}

function orderGroups(method, operation) {
  const options = (texts) => Object.entries(texts).map(([prefer, text]) => new Option(text, prefer));
  const documented = Object.entries(operation.responses).flatMap(([status, response]) =>
    status === "default"
      ? []
      : examplesOf(response).map(
          ([name, { summary }]) => new Option(`${status} · ${summary}`, `code=${status}, example=${name}`),
        ),
  );
  const network = misbehaviours.map(
    (name) => new Option([name, words.misbehaviours[name]].filter(Boolean).join(" · "), `misbehave=${name}`),
  );
  const starts = [
    [words.theBackup, options(words.fates)],
    [words.lostAnswer, options(words.losses)],
  ];
  const groups = [
    ...(method === "post" ? starts : []),
    [words.theNetwork, network],
    [words.documentedAnswers, documented],
  ];
  return groups.map(([label, children]) => element("optgroup", { label }, ...children));
}

function examplesOf(node) {
  const examples = resolve(node)?.content?.["application/json"].examples ?? {};
  return Object.entries(examples).map(([name, example]) => [name, resolve(example)]);
}

function bodiesOf(operation) {
  return examplesOf(operation.requestBody).map(([, example]) => example);
}

function fillBody() {
  $("body").value = JSON.stringify(bodiesOf(current().operation)[Number($("example").value)]?.value, null, 2) ?? "";
  showCurl();
}

function describeRequest() {
  const { path, method, operation } = current();
  const parameters = operation.parameters.map(resolve);
  const valuesIn = (place) =>
    parameters.flatMap(({ name, in: where }) => (where === place && $(name).value ? [[name, $(name).value]] : []));
  const query = valuesIn("query");
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  const key = { accessKeyId: $("access-key-id").value, secretAccessKey: $("secret-access-key").value };
  const isSigned = $("use-key").checked;
  $("token-part").hidden = isSigned;
  $("key-part").hidden = !isSigned;
  return {
    operationId: operation.operationId,
    target: path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent($(name).value)) + (search && `?${search}`),
    ids: Object.fromEntries(valuesIn("path")),
    query: Object.fromEntries(query),
    text: method === "get" ? undefined : $("body").value,
    credentials: isSigned ? key : { token: $("token").value },
    prefer: $("answer").value,
  };
}

async function showCurl() {
  const request = await signed(describeRequest()).catch(() => undefined);
  if (!request) {
    $("curl").replaceChildren();
    return;
  }
  const { target, headers, text } = request;
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const url = location.origin + target;
  $("curl").textContent = [
    `curl ${target.includes("?") ? quote(url) : url}`,
    ...Object.entries(headers).map(([name, value]) => `  -H ${quote(`${name}: ${value}`)}`),
    ...(text === undefined ? [] : [`  -d ${quote(text)}`]),
  ].join(" \\\n");
}

async function send(event) {
  event.preventDefault();
  following.abort();
  following = new AbortController();
  const { signal } = following;
  $("outcome").textContent = words.sending;
  $("steps").replaceChildren();
  const show = {
    answer: (response, text) => signal.aborted || showAnswer(response, text),
    step: (word, text = "") => signal.aborted || showStep(word, text),
  };
  await run(describeRequest(), show, signal);
}

function showAnswer(answer, text) {
  if (answer.type === "opaqueredirect") {
    $("outcome").textContent = words.redirected;
    return;
  }
  const shown = ["x-request-id", "retry-after", "server", "content-type"].filter((name) => answer.headers.has(name));
  const line = (title, content) => [element("h3", { textContent: title }), element("pre", { textContent: content })];
  $("outcome").replaceChildren(
    ...line(words.status, `${answer.status} ${answer.statusText}`),
    ...line(words.headers, shown.map((name) => `${name}: ${answer.headers.get(name)}`).join("\n")),
    ...line(words.answerBody, prettify(text)),
  );
}

/** Where nothing has come back, the first step says why. */
function showStep(word, text) {
  if ($("outcome").textContent === words.sending) {
    $("outcome").textContent = words.failed;
  }
  const item = element("li", { className: word }, element("strong", { textContent: words.steps[word] }));
  if (text) {
    item.append(` ${text}`);
  }
  // Looks that show nothing new are not told.
  if (item.textContent !== $("steps").lastChild?.textContent) {
    $("steps").append(item);
  }
}

function prettify(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
