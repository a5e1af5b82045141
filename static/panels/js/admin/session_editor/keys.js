// Keyboard shortcuts: letters act on the selected passage. The key "?" lists them.
import { browserStore } from "../browser_store.js";
import { desk, session } from "./server.js";

const SPLIT = /\n[ \t]*\n\s*/;
const help = document.getElementById("help");
const letters = document.getElementById("letters"); // whether single letters are keys
const choice = browserStore("panels-desk-keys");
let chosen = null;
let place = 0; // of the chosen passage: if it goes, the one in its place is chosen

export function current() {
  if (chosen && !chosen.isConnected) {
    chosen = document.getElementById(chosen.id)?.closest(".passage") ?? session.children[place] ?? session.lastElementChild;
  }
  return chosen;
}

function note(passage) {
  chosen = passage;
  place = [...session.children].indexOf(passage);
}

export function choose(passage) {
  if (!passage) return;
  note(passage);
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "nearest" });
}

function step(by, fits = () => true) {
  const passages = [...session.children];
  let at = passages.indexOf(current());
  do at += by;
  while (passages[at] && !fits(passages[at]));
  choose(passages[at]);
}

const press = (selector, where = current()) => where?.querySelector(selector)?.click();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  g: () => step(1, (passage) => passage.matches(".gap")),
  e: () => press("a.edit"),
  Enter: () => press("a.edit"),
  a: () => press("a.add"),
  c: () => press("a.comment-here"),
  z: () => press(".notices .undo, form.undo button", desk),
  "?": () => help.showModal(),
};

// `acts` has `move(anchor, what)`, `save(form, what)` and `close(form)`.
export function listen(acts) {
  session.addEventListener("focusin", ({ target }) => note(target.closest(".passage")));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the key is the input method's
    const form = event.target.closest?.(".passage-form");
    if (form) inForm(event, form, acts);
    else if (!event.target.closest?.("input, textarea, select, button, a, dialog, summary")) onPage(event, acts);
  });
  chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".passage") ?? null;
  letters.checked = choice.all().letters ?? true;
  letters.closest("p").hidden = false;
  letters.addEventListener("change", () => choice.put("letters", letters.checked));
  const helpButton = document.getElementById("help-button");
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
}

function onPage(event, acts) {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && current()?.dataset.anchor) {
    event.preventDefault();
    acts.move(current().dataset.anchor, event.key === "ArrowUp" ? "up" : "down");
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
    if (event.key !== "Enter" && !letters.checked) return;
    event.preventDefault();
    KEYS[event.key]();
  }
}

function inForm(event, form, acts) {
  if (event.key === "Escape") {
    event.preventDefault();
    acts.close(form);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (event.shiftKey && event.target.name === "text" && form.elements.before) splitAt(event.target, form, acts);
    else acts.save(form, "save");
  }
}

function splitAt(text, form, acts) {
  const before = text.value.slice(0, text.selectionStart).trimEnd();
  const after = text.value.slice(text.selectionStart).trimStart();
  if (!before.trim() || !after) return;
  text.value = `${before}\n\n${after}`;
  form.elements.before.value = before.trim().split(SPLIT).length + 1;
  acts.save(form, "split");
}
