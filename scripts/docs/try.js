// The form of `/try/`: made from the OpenAPI document, sent to the server that this page came from.
const { words, token, document: api } = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const resolve = (node) =>
  node?.$ref
    ? node.$ref
        .slice(2)
        .split("/")
        .reduce((value, key) => value[key], api)
    : node;
const calls = Object.entries(api.paths).flatMap(([path, { post }]) => (post ? [{ path, post }] : []));
// The current call first: the old one is for those who have it.
calls.sort((a, b) => Number(a.post.deprecated ?? false) - Number(b.post.deprecated ?? false));

$("token").value = token;
$("call").append(...calls.map(({ post }, index) => new Option(`${post.operationId} · ${post.summary}`, index)));
$("call").addEventListener("change", showCall);
$("example").addEventListener("change", fillBody);
document.querySelector("form").addEventListener("input", showCurl);
document.querySelector("form").addEventListener("submit", send);
const chosen = calls.findIndex(({ post }) => `#${post.operationId}` === location.hash);
$("call").value = String(Math.max(chosen, 0));
showCall();

function current() {
  return calls[Number($("call").value)];
}

function showCall() {
  const { path, post } = current();
  // The other language opens with the same call.
  history.replaceState(null, "", `#${post.operationId}`);
  $("other-language").href = `/try/?lang=${words.otherLanguage}#${post.operationId}`;
  $("path").textContent = `POST ${path}`;
  $("parameters").replaceChildren(...post.parameters.map(resolve).flatMap(makeField));
  $("example").replaceChildren(...bodiesOf(post).map(({ summary }, index) => new Option(summary, index)));
  const answers = Object.entries(post.responses).flatMap(([status, response]) =>
    status === "default"
      ? []
      : examplesOf(response).map(([name, { summary }]) => [`${status} · ${summary}`, `${status} ${name}`]),
  );
  $("answer").replaceChildren(new Option(words.own, ""), ...answers.map(([text, value]) => new Option(text, value)));
  fillBody();
}

function makeField({ name, description, schema }) {
  const label = Object.assign(document.createElement("label"), { htmlFor: name, textContent: name });
  const value = schema.examples[0];
  const input = Object.assign(document.createElement("input"), {
    id: name,
    value,
    spellcheck: false,
    autocomplete: "off",
  });
  const hint = Object.assign(document.createElement("small"), { id: `${name}-hint`, textContent: description });
  input.setAttribute("aria-describedby", hint.id);
  return [label, input, hint];
}

function examplesOf(node) {
  const examples = resolve(node).content["application/json"].examples ?? {};
  return Object.entries(examples).map(([name, example]) => [name, resolve(example)]);
}

function bodiesOf(post) {
  return examplesOf(post.requestBody).map(([, example]) => example);
}

function fillBody() {
  $("body").value = JSON.stringify(bodiesOf(current().post)[Number($("example").value)].value, null, 2);
  showCurl();
}

function describeRequest() {
  const { path } = current();
  const target = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent($(name).value));
  const headers = { "Content-Type": "application/json", "X-Auth-Token": $("token").value };
  const [status, example] = $("answer").value.split(" ");
  if (status) {
    headers["Prefer"] = `code=${status}, example=${example}`;
  }
  return { target, headers, body: $("body").value };
}

function showCurl() {
  const { target, headers, body } = describeRequest();
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  $("curl").textContent = [
    `curl ${location.origin}${target}`,
    ...Object.entries(headers).map(([name, value]) => `  -H ${quote(`${name}: ${value}`)}`),
    `  -d ${quote(body)}`,
  ].join(" \\\n");
}

async function send(event) {
  event.preventDefault();
  $("outcome").textContent = words.sending;
  try {
    const { target, headers, body } = describeRequest();
    const answer = await fetch(target, { method: "POST", headers, body, redirect: "error" });
    showAnswer(answer, await answer.text());
  } catch (error) {
    $("outcome").textContent = `${words.failed}: ${error.message}`;
  }
}

function showAnswer(answer, text) {
  const shown = ["x-request-id", "retry-after", "server", "content-type"].filter((name) => answer.headers.has(name));
  const line = (title, content) => [
    Object.assign(document.createElement("h3"), { textContent: title }),
    Object.assign(document.createElement("pre"), { textContent: content }),
  ];
  $("outcome").replaceChildren(
    ...line(words.status, `${answer.status} ${answer.statusText}`),
    ...line(words.headers, shown.map((name) => `${name}: ${answer.headers.get(name)}`).join("\n")),
    ...line(words.answerBody, prettify(text)),
  );
}

function prettify(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
