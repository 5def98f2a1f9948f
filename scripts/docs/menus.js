// Redoc's menus, for a reader with a keyboard. They open at the end of the page and leave the focus where it was. Here it goes into the menu
// and back to what opened it, as in https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/.
const opened = () => document.querySelector("[aria-haspopup=menu][aria-expanded=true]");

const enterMenu = () =>
  requestAnimationFrame(() => {
    const items = itemsOf(document);
    for (const item of items) {
      // It has a tick, which is for the eye alone.
      item.ariaCurrent = item.querySelector("[data-component-name*=Checkmark]") ? "true" : null;
    }
    (items.find((item) => item.ariaCurrent) ?? items[0])?.focus();
  });

/** Those of a closed menu may be there unseen. */
const itemsOf = (menu) => [...menu.querySelectorAll("[role=menuitem]")].filter((item) => item.checkVisibility());

const leaveMenu = () => {
  const button = opened();
  button?.click();
  button?.focus();
};

const moveInMenu = (event, item) => {
  const items = itemsOf(item.closest("[role=menu]"));
  const at = items.indexOf(item);
  const last = items.length - 1;
  const target = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
  if (target !== undefined) {
    event.preventDefault();
    items[target].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    leaveMenu();
  } else if (event.key === "Enter" || event.key === " ") {
    // Redoc would take the choice and leave the menu open.
    event.preventDefault();
    event.stopPropagation();
    const button = opened();
    item.click();
    button?.focus();
  }
};

// Before Redoc hears of it, which lets no one hear of it after that.
document.addEventListener(
  "keydown",
  (event) => {
    const item = event.target.closest("[role=menuitem]");
    const button = event.target.closest("[aria-haspopup=menu]");
    if (item) {
      moveInMenu(event, item);
    } else if (button && event.key === "ArrowDown") {
      event.preventDefault();
      if (!opened()) {
        button.click();
      }
      enterMenu();
    } else if (button && event.key === "Escape" && opened() === button) {
      leaveMenu();
    } else if (button && (event.key === "Enter" || event.key === " ")) {
      enterMenu();
    }
  },
  { capture: true },
);
document.addEventListener("click", (event) => event.target.closest("[aria-haspopup=menu]") && enterMenu(), {
  capture: true,
});

// On a narrow screen, or a magnified one, the contents lie over the text. The focus goes into them and stays out of what they hide.
const contentsButton = () => redoc.querySelector("[data-testid=floating-button]");
const mendContents = () => {
  const button = contentsButton();
  const panels = redoc.querySelector("[data-testid=panels]");
  const isOpen = button?.ariaExpanded === "true";
  if (!panels || panels.inert === isOpen) {
    return;
  }
  panels.inert = isOpen;
  if (isOpen) {
    redoc.querySelector("[data-testid=search-trigger]").focus();
  } else if (document.activeElement !== button) {
    focusText();
  }
};
new MutationObserver(mendContents).observe(redoc, { subtree: true, attributeFilter: ["aria-expanded"] });
redoc.addEventListener("keydown", ({ key }) => {
  const button = contentsButton();
  if (key === "Escape" && button?.ariaExpanded === "true") {
    button.focus();
    button.click();
  }
});
