// Unsaved input is stored in the browser with each key, and on the server after a pause, until it is saved.
import { browserStore } from "../browser_store.js";
import { ask, desk, notify, session } from "./server.js";

const PAUSE = 700; // milliseconds without a key until what was typed is sent
const store = browserStore(`panels-desk-${desk.dataset.event}-${desk.dataset.editor}`);
const pauses = new Map(); // forms that were typed in, and the timers at whose end they are sent
const sending = new Map(); // forms whose words are on their way

const nameOf = (form) => form.elements.at.value || `new ${form.elements.after.value}`;

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form));
  delete values.csrfmiddlewaretoken;
  return values;
}

export function autosave(name, values) {
  const data = new FormData();
  data.set("version", desk.dataset.version);
  if (name) {
    data.set("form", name);
    data.set("values", JSON.stringify(values));
    data.set("kept_at", values.kept_at ?? "");
  }
  return ask(desk.dataset.autosave, data);
}

export const remember = (form) => store.put(nameOf(form), valuesOf(form));

export const forget = (form) => store.drop(nameOf(form));

// The form is being saved: send no more of its input, and let requests under way arrive first.
export async function hold(form) {
  clearTimeout(pauses.get(form));
  pauses.delete(form);
  remember(form);
  await sending.get(form);
}

async function send(form) {
  const name = nameOf(form);
  const values = valuesOf(form);
  const answer = await autosave(name, values);
  const same = JSON.stringify(store.all()[name]) === JSON.stringify(values);
  if (answer?.kept_at) form.elements.kept_at.value = answer.kept_at; // by which this window names it from now on
  if (answer && !answer.error && same) store.drop(name);
}

// Send input that is still waiting to the server at once.
export async function keep(form) {
  if (!pauses.has(form)) return sending.get(form);
  clearTimeout(pauses.get(form));
  pauses.delete(form);
  const arriving = Promise.resolve(sending.get(form)).then(() => send(form));
  sending.set(form, arriving);
  await arriving;
  if (sending.get(form) === arriving) sending.delete(form);
}

// Input that an earlier window of this browser could not send.
export async function restore() {
  const links = [];
  for (const [name, values] of Object.entries(store.all())) {
    const answer = await autosave(name, values);
    if (!answer || answer.error) break;
    store.drop(name);
    const link = document.createElement("a");
    const after = name.startsWith("new ") ? name.slice(4) : null;
    link.href = after === null ? `?edit=${encodeURIComponent(name)}#${name}` : `?add=${encodeURIComponent(after)}#new`;
    link.textContent = name;
    links.push(" ", link);
  }
  if (links.length) notify(desk.dataset.found, "info", ...links);
}

session.addEventListener("input", ({ target }) => {
  const form = target.closest(".passage-form");
  if (!form) return;
  remember(form);
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => keep(form), PAUSE));
});
