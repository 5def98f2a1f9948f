// As in Redoc, which remembers the reader's choice.
const choice = localStorage.getItem("redoc.colorMode");
if (choice === "light" || choice === "dark") {
  document.documentElement.classList.add(choice);
}

const content = document.getElementById("content");
const redoc = document.getElementById("redoc");

// Redoc has in the page only what is near the reader's place, and the browser's own search finds no more. The plain page has everything.
const isPlain = location.search === "?plain";
const onePage = document.getElementById("one-page");
onePage.hidden = false;
if (isPlain) {
  onePage.replaceChildren(onePage.dataset.sections);
}

// The links to the other language and to the other form lead to the same place there: addresses are the same everywhere. The page for
// trying opens with the call.
const otherLanguage = document.getElementById("other-language");
const target = otherLanguage.getAttribute("href");
const tryIt = document.getElementById("try");
const follow = () => {
  otherLanguage.setAttribute("href", target + location.search + location.hash);
  onePage.setAttribute("href", (isPlain ? "?" : "?plain") + location.hash);
  tryIt.hash = location.hash;
};
for (const link of [otherLanguage, onePage, tryIt]) {
  for (const event of ["focus", "pointerenter", "pointerdown", "click"]) {
    link.addEventListener(event, follow);
  }
}
follow();

// What Redoc has rendered: a place, or that there is none at this address.
const rendering = "[data-testid=middle-panel], .not-found-page";

// The address is Redoc's, which would look for a page by the name in the link.
const focusText = () => {
  const text = document.querySelector(rendering) ?? document.getElementById("text");
  text.tabIndex = -1;
  text.focus();
};
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  focusText();
});

// Beside the stand-in of `npm start` there is a page that sends the calls to it.
if (/^(127\.0\.0\.1|localhost|\[::1\])$/.test(location.hostname) && location.pathname.startsWith("/docs/")) {
  tryIt.hidden = false;
}

// Redoc comes in the place of the plain page, when that has been painted. Without Redoc, or if it is asked for, the plain page stays.
const load = () => {
  const script = document.createElement("script");
  script.src = "redoc.js";
  document.body.append(script);
};
if (!isPlain) {
  requestAnimationFrame(() => setTimeout(load));
}

// Redoc has addresses inside a call that the plain page lacks. It opens at the call.
const place = (hash) => document.getElementById(hash.slice(1));
const placeNear = (hash) => place(hash) ?? document.getElementById(hash.split("#")[1] ?? "");
if (!place(location.hash)) {
  placeNear(location.hash)?.scrollIntoView();
}

// Redoc opens where the address says. Its script begins with this, so that the address says where the reader is.
globalThis.keepPlace = () => {
  const top = (place) => place.getBoundingClientRect().top;
  const named = placeNear(location.hash);
  if (scrollY < 100 || (named && top(named) >= 0 && top(named) < 200)) {
    return;
  }
  const last = [...document.querySelectorAll("#plain [id^='/']")].filter((place) => top(place) < 200).at(-1);
  if (last) {
    history.replaceState(null, "", `#${last.id}`);
  }
};

// Redoc has such a button on its samples, and none on the blocks of code in the prose.
const addCopyButton = (block) => {
  const button = document.createElement("button");
  const say = (word) => button.replaceChildren(content.dataset[word]);
  button.type = "button";
  button.className = "copy";
  button.addEventListener("click", async () => {
    const text = [...block.childNodes].filter((node) => node !== button).map((node) => node.textContent);
    await navigator.clipboard.writeText(text.join("").trimEnd());
    say("copied");
    setTimeout(say, 2_000, "copy");
  });
  say("copy");
  block.append(button);
};

// On a narrow screen a row of a table is a card, in which each cell tells its column.
const nameCells = (table) => {
  const names = [...table.querySelectorAll("th")].map((cell) => cell.textContent);
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, index) => {
      cell.dataset.label = names[index] ?? "";
    });
  }
};

// What scrolls can be reached by keyboard. What does not would be one stop more on the way, and there are hundreds.
const measured = new WeakSet();
const measure = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) {
      target.tabIndex = 0;
    } else {
      target.removeAttribute("tabindex");
    }
  }
});

// Redoc renders as the reader goes, so look again whenever it has.
const mend = () => {
  // The plain page stays for a place that it alone has. Of an address that neither has, Redoc says so.
  if (document.querySelector(place(location.hash) ? "[data-testid=middle-panel]" : rendering)) {
    document.documentElement.classList.add("rendered");
  }
  for (const box of document.querySelectorAll("pre, .md-table-wrapper")) {
    if (!measured.has(box)) {
      measured.add(box);
      measure.observe(box);
    }
  }
  for (const table of document.querySelectorAll("#redoc table.md:not(:has(td[data-label]))")) {
    nameCells(table);
  }
  // An error code is the place that it leads to.
  for (const link of document.querySelectorAll("#redoc td a[href*='/error-codes/']:not([id])")) {
    link.id = link.hash.split("#")[2];
  }
  for (const block of document.querySelectorAll(":is(#plain pre, #redoc pre[data-language]):not(:has(.copy))")) {
    addCopyButton(block);
  }
};
new MutationObserver(mend).observe(redoc, { childList: true, subtree: true });
mend();

// Redoc's windows, for searching and about the ways to sign in, stand behind everything else in the page. They say nothing of what they
// are, and leave the focus behind them. A window that has the focus closes with Escape.
const behind = document.querySelectorAll(".skip, .page-header, #content");
let opener;
// The search has the focus before anything tells that it is there.
content.addEventListener("focusin", ({ target }) => {
  opener = target;
});
const mendWindow = () => {
  const box = document.querySelector(
    "body > div > [tabindex='0']:has([role=tablist]), body > [data-testid=search-dialog]",
  );
  if (Boolean(box) === content.inert) {
    return;
  }
  if (box) {
    nameWindow(box);
  }
  for (const part of behind) {
    part.inert = Boolean(box);
  }
  // The search takes the focus into its field by itself, and leads to another place in the page.
  (box ?? opener)?.focus({ preventScroll: true });
};
const nameWindow = (box) => {
  const name = box.querySelector("input")?.placeholder ?? box.querySelector("span").textContent;
  const attributes = { role: "dialog", "aria-modal": "true", "aria-label": name };
  for (const [name, value] of Object.entries(attributes)) {
    box.setAttribute(name, value);
  }
  box.querySelector("button:has(svg:only-child)")?.setAttribute("aria-label", content.dataset.close);
};
new MutationObserver(mendWindow).observe(document.body, { childList: true });
