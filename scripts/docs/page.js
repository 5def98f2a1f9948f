// The link to the other language leads to the same place there: addresses are the same in every language.
const link = document.getElementById("other-language");
const target = link.getAttribute("href");
const follow = () => link.setAttribute("href", target + location.hash);
for (const event of ["focus", "pointerenter", "pointerdown", "click"]) {
  link.addEventListener(event, follow);
}
follow();

// The address is Redoc's, which would look for a page by the name in the link.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  const panel = document.querySelector("[data-testid=middle-panel]");
  panel.tabIndex = -1;
  panel.focus();
});

// Beside the stand-in of `npm start` there is a page that sends the calls to it.
if (/^(127\.0\.0\.1|localhost|\[::1\])$/.test(location.hostname) && location.pathname.startsWith("/docs/")) {
  document.getElementById("try").hidden = false;
}

// Redoc renders as the reader goes, so look again whenever it has.
const mend = () => {
  // What scrolls sideways can be reached by keyboard.
  for (const box of document.querySelectorAll("pre:not([tabindex]), .md-table-wrapper:not([tabindex])")) {
    box.tabIndex = 0;
  }
  // On a narrow screen a row of a table is a card, in which each cell tells its column.
  for (const table of document.querySelectorAll("table.md:not([data-named])")) {
    table.dataset.named = "";
    const names = [...table.querySelectorAll("th")].map((cell) => cell.textContent);
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, index) => {
        cell.dataset.label = names[index] ?? "";
      });
    }
  }
};
new MutationObserver(mend).observe(document.getElementById("redoc"), { childList: true, subtree: true });
