// The session editor without reloading: forms open, save and close in place, passages can be dragged or moved by
// keys, and changes saved by others appear without losing the position.
import { giveHandle, letDrag } from "./session_editor/dragging.js";
import { choose, current, listen } from "./session_editor/keys.js";
import { ask, button, desk, notices, notify, session } from "./session_editor/server.js";
import { restore, forget, hold, keep, autosave } from "./session_editor/unsaved.js";

const BEAT = 15_000; // milliseconds between two questions who else is here
const passageOf = (anchor) => document.getElementById(anchor || "new");
const isTyped = (passage) => [...(passage.querySelector(".passage-form")?.elements ?? [])].some(differs);

// Whether a field differs from its value when the page was loaded.
function differs(field) {
  if (field.type === "hidden") return false;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.defaultValue !== undefined && field.value !== field.defaultValue;
}

// Show the response of the server

function draw(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const passage = holder.content.querySelector(".passage");
  ready(passage);
  return passage;
}

function ready(passage) {
  passage.tabIndex = -1;
  giveHandle(passage);
}

// `acted` is the passage whose button was pressed: other forms in which something was typed stay as they are.
async function show(parts, acted = null) {
  desk.dataset.version = parts.version;
  for (const [anchor, html] of Object.entries(parts.html)) {
    const old = passageOf(anchor);
    if (old && old !== acted && isTyped(old)) continue;
    const drawn = draw(html);
    if (old) old.replaceWith(drawn);
    else session.append(drawn);
  }
  if (parts.order) {
    await arrange(parts.order, acted);
    desk.querySelector("form.undo")?.remove(); // what it would undo is no longer the last change
  }
  if (parts.message) notify(parts.message, parts.level, ...(parts.undo ? [" ", undoButton(parts)] : []));
  if (parts.focus) choose(passageOf(parts.focus));
}

async function arrange(order, acted) {
  const missing = order.filter((anchor) => !passageOf(anchor));
  if (missing.length) {
    const parts = await ask(`?${new URLSearchParams(missing.map((anchor) => ["show", anchor]))}`);
    for (const html of Object.values(parts?.html ?? {})) session.append(draw(html));
  }
  const there = new Set(order);
  for (const passage of [...session.children]) {
    const stays = there.has(passage.dataset.anchor) || (passage !== acted && (!passage.dataset.anchor || isTyped(passage)));
    if (!stays) passage.remove();
  }
  let place = session.firstElementChild;
  for (const anchor of order) {
    while (place && !there.has(place.dataset.anchor)) place = place.nextElementSibling;
    const passage = passageOf(anchor);
    if (passage === place) place = place?.nextElementSibling;
    else if (passage) session.insertBefore(passage, place);
  }
}

function undoButton(parts) {
  const made = button(desk.dataset.undo, () => inTurn(() => act({ do: "undo", number: parts.undo, at: current()?.dataset.anchor ?? "" })));
  made.classList.add("undo");
  return made;
}

// Opening, closing, saving

async function open(address, anchor) {
  const parts = await ask(address);
  if (!parts) return;
  const after = new URL(address, location).searchParams.get("add");
  if (after !== null) passageOf("new")?.remove();
  const drawn = draw(Object.values(parts.html)[0]);
  if (after === null) passageOf(anchor).replaceWith(drawn);
  else if (after) passageOf(after).after(drawn);
  else session.prepend(drawn);
  drawn.querySelector("textarea").focus();
  drawn.scrollIntoView({ block: "nearest" });
}

async function close(form) {
  await keep(form);
  const passage = form.closest(".passage");
  const anchor = passage.dataset.anchor;
  if (!anchor) {
    const before = passage.previousElementSibling;
    passage.remove();
    choose(before);
    return;
  }
  const parts = await ask(`?show=${encodeURIComponent(anchor)}`);
  if (!parts) return;
  if (parts.html[anchor]) passage.replaceWith(draw(parts.html[anchor]));
  else passage.remove(); // somebody deleted it meanwhile
  choose(passageOf(anchor));
}

async function save(form, pressed) {
  const passage = form.closest(".passage");
  lock(form, true);
  await hold(form);
  const data = new FormData(form);
  data.set("do", pressed);
  data.set("shown", desk.dataset.version);
  const parts = await ask(form.getAttribute("action"), data);
  lock(form, false);
  if (!parts) return;
  forget(form);
  if (!data.get("at") && parts.order) passage.remove();
  await show(parts, passage);
  const wrong = session.querySelector(".open .errorlist, .open .conflict");
  if (!wrong) return;
  notices.querySelectorAll(".notice").forEach((old) => old.remove()); // of what was done before
  wrong.scrollIntoView({ block: "center" });
  const field = wrong.closest(".field")?.querySelector("input, textarea, select");
  (field ?? wrong.closest(".open").querySelector("textarea")).focus({ preventScroll: true });
}

// While a form is being saved nothing can be typed into it that would not be saved.
function lock(form, locked) {
  form.querySelectorAll("button").forEach((one) => (one.disabled = locked));
  form.querySelectorAll("textarea, input").forEach((one) => (one.readOnly = locked));
}

async function act(fields) {
  const data = new FormData();
  const shown = desk.dataset.version;
  for (const [name, value] of Object.entries({ version: shown, shown, ...fields })) data.set(name, value);
  const parts = await ask(location.pathname, data);
  if (parts) await show(parts);
}

// Quick hands press again before the server has answered: one after the other, each on what the one before made.
let turn = Promise.resolve();

function inTurn(task) {
  turn = turn.then(task);
  return turn;
}

const move = (anchor, what, to) => inTurn(() => act(to === undefined ? { at: anchor, do: what } : { at: anchor, do: what, to }));

// Others at the same session

async function beat() {
  if (document.hidden) return;
  const answer = await autosave();
  if (!answer) return;
  notices.querySelectorAll(".other").forEach((old) => old.remove());
  for (const text of answer.others) {
    const other = document.createElement("p");
    other.className = "other";
    other.textContent = text;
    notices.prepend(other);
  }
  if (answer.saved.length) {
    notify(answer.saved.join(" · "), "info", " ", button(desk.dataset.othersSaved, refresh));
  }
}

async function refresh() {
  const parts = await ask(`?since=${desk.dataset.version}`);
  if (!parts) return;
  await show(parts);
  notify(desk.dataset.upToDate, "info");
  for (const anchor of Object.keys(parts.html)) passageOf(anchor)?.classList.add("fresh");
  passageOf(parts.order.find((anchor) => parts.html[anchor]))?.scrollIntoView({ block: "center" });
}

// Speakers and tags while they are typed

session.addEventListener("input", ({ target }) => {
  if (target.name === "other") complete(target, "speakers", "answer", "speaker", "");
  if (target.name === "tags") {
    const done = target.value.replace(/[^,]*$/, "");
    complete(target, "tags", "taggedanswer", "tag", done && `${done.trimEnd()} `);
  }
});

async function complete(field, list, model, name, before) {
  const typed = field.value;
  const term = typed.split(",").pop().trim();
  if (!term) return;
  const query = new URLSearchParams({ app_label: "panels", model_name: model, field_name: name, term });
  const found = await ask(`${desk.dataset.complete}?${query}`);
  if (!found || field.value !== typed) return;
  const options = found.results.map(({ text }) => new Option(before + text, before + text));
  document.getElementById(list).replaceChildren(...options);
}

function addTag(offered) {
  const field = offered.closest(".passage-form").elements.tags;
  const name = offered.dataset.tag;
  field.value = [field.value.trim().replace(/,$/, ""), name.includes(",") ? `"${name}"` : name].filter(Boolean).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  offered.remove();
}

// Mouse and keys

desk.addEventListener("click", (event) => {
  if (event.target.dataset.tag) addTag(event.target);
  const link = event.target.closest("a.edit, a.add, a.close");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches(".close")) close(link.closest(".passage-form"));
  else open(link.getAttribute("href"), link.closest(".passage")?.dataset.anchor);
});

session.addEventListener("submit", (event) => {
  if (!event.target.matches(".passage-form")) return;
  event.preventDefault();
  save(event.target, event.submitter?.value || "save");
});

desk.classList.add("scripted");
[...session.children].forEach(ready);
letDrag((anchor, after) => move(anchor, "move", after));
listen({ move, save, close });
session.querySelector("[autofocus]")?.focus();
restore();
setInterval(beat, BEAT);
