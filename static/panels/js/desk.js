// The desk's page without reloading: forms open, save and close in their place, passages are dragged or moved by
// keys, and whatever is typed is kept on the server after a breath, and in the browser until the server has it.
const desk = document.getElementById("desk");
const session = document.getElementById("session");
const notices = document.getElementById("notices");
const PAUSE = 700; // milliseconds without a key until what was typed is sent
const BEAT = 15_000; // milliseconds between two questions who else is here
desk.classList.add("scripted");
const STORE = `panels-desk-${desk.dataset.event}-${desk.dataset.editor}`;

// Talking to the server

const token = () =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ??
  desk.querySelector("[name=csrfmiddlewaretoken]").value;

async function ask(address, data) {
  data?.set("csrfmiddlewaretoken", token());
  try {
    const answer = await fetch(address, {
      method: data ? "POST" : "GET",
      body: data,
      headers: { Accept: "application/json" },
    });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      notify(desk.dataset.signedOut, "error");
      return null;
    }
    return await answer.json();
  } catch {
    notify(desk.dataset.unreachable, "error");
    return null;
  }
}

function notify(text, level, ...more) {
  const notice = document.createElement("p");
  notice.className = `notice ${level}`;
  notice.append(text, ...more);
  notices.querySelectorAll(".notice").forEach((old) => old.remove());
  notices.append(notice);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// What the server answers becomes what the page shows

const passageOf = (anchor) => document.getElementById(anchor || "new");

function draw(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const passage = holder.content.querySelector(".passage");
  ready(passage);
  return passage;
}

async function show(parts) {
  desk.dataset.edition = parts.edition;
  for (const [anchor, html] of Object.entries(parts.html)) {
    const drawn = draw(html);
    const old = passageOf(anchor);
    if (old) old.replaceWith(drawn);
    else session.append(drawn);
  }
  if (parts.order) await arrange(parts.order);
  if (parts.said) notify(parts.said, parts.level, ...(parts.undo ? [" ", button(desk.dataset.undo, () => undo(parts))] : []));
  if (parts.focus) choose(passageOf(parts.focus));
}

async function arrange(order) {
  const missing = order.filter((anchor) => !passageOf(anchor));
  if (missing.length) {
    const query = new URLSearchParams(missing.map((anchor) => ["show", anchor]));
    const parts = await ask(`?${query}`);
    for (const html of Object.values(parts?.html ?? {})) session.append(draw(html));
  }
  const there = new Set(order);
  for (const passage of [...session.children]) {
    if (!there.has(passage.dataset.anchor) && !(passage.id === "new" && passage.querySelector("form"))) passage.remove();
  }
  let place = session.firstElementChild;
  for (const anchor of order) {
    const passage = passageOf(anchor);
    if (place?.id === "new") place = place.nextElementSibling;
    if (passage === place) place = place.nextElementSibling;
    else if (passage) session.insertBefore(passage, place);
  }
}

function undo(parts) {
  const form = document.createElement("form");
  form.method = "post";
  const fields = { do: "undo", number: parts.undo, edition: desk.dataset.edition, csrfmiddlewaretoken: token() };
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
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
  const text = drawn.querySelector("textarea");
  text.focus();
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
  passage.replaceWith(draw(parts.html[anchor]));
  choose(passageOf(anchor));
}

async function save(form, pressed) {
  clearTimeout(pauses.get(form));
  pauses.delete(form);
  const data = new FormData(form);
  data.set("do", pressed);
  remember(form);
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((one) => (one.disabled = true));
  const parts = await ask(form.getAttribute("action"), data);
  buttons.forEach((one) => (one.disabled = false));
  if (!parts) return;
  forget(nameOf(form));
  if (!data.get("at") && parts.order) form.closest(".passage").remove();
  await show(parts);
  session.querySelector(".open .errorlist, .open .clash")?.scrollIntoView({ block: "center" });
}

async function move(anchor, what, to) {
  const data = new FormData();
  data.set("at", anchor);
  data.set("do", what);
  data.set("edition", desk.dataset.edition);
  if (to !== undefined) data.set("to", to);
  const parts = await ask(location.pathname, data);
  if (parts) await show(parts);
}

// What is typed is never lost

const pauses = new Map();

const nameOf = (form) => form.elements.at.value || `new ${form.elements.after.value}`;

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form));
  delete values.csrfmiddlewaretoken;
  return values;
}

const kept = () => JSON.parse(localStorage.getItem(STORE) ?? "{}");

function remember(form) {
  localStorage.setItem(STORE, JSON.stringify({ ...kept(), [nameOf(form)]: valuesOf(form) }));
}

function forget(name) {
  const { [name]: _gone, ...rest } = kept();
  if (Object.keys(rest).length) localStorage.setItem(STORE, JSON.stringify(rest));
  else localStorage.removeItem(STORE);
}

function sitting(name, values) {
  const data = new FormData();
  data.set("edition", desk.dataset.edition);
  if (name) {
    data.set("form", name);
    data.set("values", JSON.stringify(values));
  }
  return ask(desk.dataset.sitting, data);
}

async function keep(form) {
  if (!pauses.has(form)) return;
  clearTimeout(pauses.get(form));
  pauses.delete(form);
  const name = nameOf(form);
  const sent = JSON.stringify(valuesOf(form));
  const answer = await sitting(name, valuesOf(form));
  if (answer && !answer.error && JSON.stringify(kept()[name]) === sent) forget(name);
}

async function beat() {
  if (document.hidden) return;
  const answer = await sitting();
  if (!answer) return;
  notices.querySelectorAll(".other").forEach((old) => old.remove());
  for (const text of answer.others) {
    const other = document.createElement("p");
    other.className = "other";
    other.textContent = text;
    notices.prepend(other);
  }
  if (answer.saved.length) {
    notify(answer.saved.join(" · "), "info", " ", button(desk.dataset.othersSaved, reload));
  }
}

async function reload() {
  await Promise.all([...session.querySelectorAll(".passage-form")].map(keep));
  const open = [...session.querySelectorAll(".passage.open")].map((passage) => ["edit", passage.dataset.anchor]);
  location.search = new URLSearchParams(open.filter(([, anchor]) => anchor));
}

async function bringBack() {
  for (const [name, values] of Object.entries(kept())) {
    const answer = await sitting(name, values);
    if (!answer || answer.error) return;
    forget(name);
    const link = document.createElement("a");
    const after = name.startsWith("new ") ? name.slice(4) : null;
    link.href = after === null ? `?edit=${encodeURIComponent(name)}#${name}` : `?add=${encodeURIComponent(after)}#new`;
    link.textContent = name;
    notify(`${desk.dataset.found} `, "info", link);
  }
}

session.addEventListener("input", ({ target }) => {
  const form = target.closest(".passage-form");
  if (!form) return;
  remember(form);
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => keep(form), PAUSE));
  if (target.name === "other") complete(target, "speakers", "answer", "speaker", "");
  if (target.name === "tags") {
    const done = target.value.replace(/[^,]*$/, "");
    complete(target, "tags", "taggedanswer", "tag", done && `${done.trimEnd()} `);
  }
});

async function complete(field, list, model, name, before) {
  const term = field.value.split(",").pop().trim();
  if (!term) return;
  const query = new URLSearchParams({ app_label: "panels", model_name: model, field_name: name, term });
  const found = await ask(`${desk.dataset.complete}?${query}`);
  const options = (found?.results ?? []).map(({ text }) => new Option(before + text, before + text));
  document.getElementById(list).replaceChildren(...options);
}

// Mouse

session.addEventListener("click", ({ target }) => {
  if (!target.dataset.tag) return;
  const field = target.closest(".passage-form").elements.tags;
  const name = target.dataset.tag;
  field.value = [field.value.trim().replace(/,$/, ""), name.includes(",") ? `"${name}"` : name].filter(Boolean).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  target.remove();
});

session.addEventListener("click", (event) => {
  const link = event.target.closest("a.edit, a.add, a.close");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const form = link.closest(".passage-form");
  if (link.matches(".close")) close(form);
  else open(link.getAttribute("href"), link.closest(".passage").dataset.anchor);
});

desk.querySelector(".add-question a").addEventListener("click", (event) => {
  event.preventDefault();
  open(event.target.getAttribute("href"));
});

session.addEventListener("submit", (event) => {
  if (!event.target.matches(".passage-form")) return;
  event.preventDefault();
  save(event.target, event.submitter?.value || "save");
});

let dragged = null;

session.addEventListener("dragstart", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  dragged = handle.closest(".passage");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setDragImage(dragged, 0, 0);
  dragged.classList.add("dragged");
});

session.addEventListener("dragover", (event) => {
  const target = event.target.closest(".passage");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  session.querySelector(".drop")?.classList.remove("drop");
  target.classList.add("drop");
});

session.addEventListener("drop", (event) => {
  event.preventDefault();
  const target = event.target.closest(".passage");
  if (dragged && target && target !== dragged) move(dragged.dataset.anchor, "move", target.dataset.anchor);
});

session.addEventListener("dragend", () => {
  session.querySelectorAll(".drop, .dragged").forEach((one) => one.classList.remove("drop", "dragged"));
  dragged = null;
});

function ready(passage) {
  passage.tabIndex = -1;
  const tools = passage.querySelector(".tools");
  if (!tools) return;
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.draggable = true;
  handle.textContent = "⠿";
  handle.setAttribute("aria-hidden", "true");
  tools.prepend(handle);
}

// Keyboard

let chosen = null;

function choose(passage) {
  if (!passage) return;
  chosen = passage;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "nearest" });
}

session.addEventListener("focusin", ({ target }) => (chosen = target.closest(".passage")));

function step(by, fits = () => true) {
  const passages = [...session.children];
  let at = passages.indexOf(chosen);
  do at += by;
  while (passages[at] && !fits(passages[at]));
  choose(passages[at]);
}

const help = document.getElementById("help");
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  g: () => step(1, (passage) => passage.matches(".gap")),
  e: () => chosen?.querySelector("a.edit")?.click(),
  Enter: () => chosen?.querySelector("a.edit")?.click(),
  a: () => chosen?.querySelector("a.add")?.click(),
  c: () => chosen?.querySelector("a.comment-here")?.click(),
  z: () => notices.querySelector(".notice button")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".passage-form");
  if (form) inForm(event, form);
  else if (!event.target.closest?.("input, textarea, select, button, a, dialog, summary")) onPage(event);
});

function onPage(event) {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && chosen?.dataset.anchor) {
    event.preventDefault();
    move(chosen.dataset.anchor, event.key === "ArrowUp" ? "up" : "down");
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function inForm(event, form) {
  if (event.key === "Escape") {
    event.preventDefault();
    close(form);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (event.shiftKey && event.target.name === "text" && form.elements.before) splitAt(event.target, form);
    else save(form, "save");
  }
}

function splitAt(text, form) {
  const before = text.value.slice(0, text.selectionStart).trimEnd();
  const after = text.value.slice(text.selectionStart).trimStart();
  if (!before.trim() || !after) return;
  text.value = `${before}\n\n${after}`;
  form.elements.before.value = before.trim().split(/\n[ \t]*\n\s*/).length + 1;
  save(form, "part");
}

const helpButton = document.getElementById("help-button");
helpButton.hidden = false;
helpButton.addEventListener("click", () => help.showModal());

[...session.children].forEach(ready);
chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".passage") ?? null;
session.querySelector("[autofocus]")?.focus();
bringBack();
setInterval(beat, BEAT);
