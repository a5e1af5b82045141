// Keeps what is typed into a form of the admin in this browser, with each input, until the form is saved. A later visit
// offers it again. Each visit has a name of its own, so that two windows with the same form do not overwrite each other.
//
// A submitted form is noted in the window's session storage. If the next admin page in the same window reports a save,
// it deletes the stored input. Any other page, such as the login or the form with errors, only deletes the note, so
// that the input is offered again.
import { browserStore } from "./browser_store.js";
import { holds, isSame, restore, snapshot } from "./form_values.js";

const OLDEST = 60 * 24 * 60 * 60 * 1000; // milliseconds
const PREFIX = "panels-form-";
const SUBMITTED = "panels-form-submitted";

const newVisit = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;

function noteSubmitted(key, visits) {
  try {
    sessionStorage.setItem(SUBMITTED, JSON.stringify({ key, visits }));
  } catch {
    // then it is offered once more
  }
}

function takeSubmitted() {
  try {
    const note = JSON.parse(sessionStorage.getItem(SUBMITTED));
    sessionStorage.removeItem(SUBMITTED);
    return note;
  } catch {
    return null;
  }
}

function dropSaved() {
  const note = takeSubmitted();
  const isSaved = document.querySelector(".messagelist .success, [data-form-saved]");
  if (!note || !isSaved || document.querySelector(".autosave[data-is-sent], .errornote")) return;
  for (const visit of note.visits) browserStore(note.key).drop(visit);
}

function dropOld() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const store = browserStore(key);
      for (const [visit, { at }] of Object.entries(store.all())) if (Date.now() - at > OLDEST) store.drop(visit);
    }
  } catch {
    // a browser that keeps nothing has nothing old
  }
}

// As everywhere in Panels: 28 Nov 2026, 15:05 and 2026年11月28日 15:05.
function timeOf(at, timeZone) {
  const isChinese = document.documentElement.lang.startsWith("zh");
  const month = isChinese ? "numeric" : "short";
  const options = { timeZone, year: "numeric", month, day: "numeric", hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat("en-US", { ...options, hourCycle: "h23" });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year, day, hour, minute } = parts;
  if (isChinese) return `${year}年${parts.month}月${day}日 ${hour}:${minute}`;
  return `${day} ${parts.month} ${year}, ${hour}:${minute}`;
}

// Keeps the form as it is now, unless it is as it was shown.
function keeper(form, box, store) {
  const shown = snapshot(form);
  const submitted = []; // visits that were sent from this page
  const state = { shown, visit: newVisit(), last: JSON.stringify(shown) };

  state.put = () => {
    if (submitted.includes(state.visit)) state.visit = newVisit(); // typed after the form was sent
    state.last = JSON.stringify(snapshot(form));
    store.put(state.visit, { ...JSON.parse(state.last), at: Date.now() });
  };
  state.keep = () => {
    const now = snapshot(form);
    if (JSON.stringify(now) === state.last) return;
    state.last = JSON.stringify(now);
    if (isSame(now, shown) && !("isSent" in box.dataset)) store.drop(state.visit);
    else state.put();
  };
  state.submit = () => {
    state.keep();
    submitted.push(state.visit);
    noteSubmitted(box.dataset.key, submitted);
  };
  return state;
}

function restoreInto(form, box, store, state, name, kept) {
  restore(form, kept);
  state.put();
  if (holds(snapshot(form), kept)) store.drop(name); // or else some of it found no field, and stays
  return box.dataset.restored;
}

function offer(form, box, store, state, name, kept) {
  const notice = box.querySelector("template").content.firstElementChild.cloneNode(true);
  const words = notice.querySelector(".unsaved-found");
  words.textContent = box.dataset.found.replace("{time}", timeOf(kept.at, box.dataset.timeZone));
  notice.addEventListener("click", ({ target }) => {
    if (target.dataset.do === "restore") {
      words.textContent = restoreInto(form, box, store, state, name, kept);
      for (const button of notice.querySelectorAll("button")) button.remove();
      words.focus();
    } else if (target.dataset.do === "discard") {
      store.drop(name);
      notice.remove();
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    }
  });
  box.append(notice);
}

function start(box) {
  const form = box.closest("form");
  if (!form.querySelector("[type=submit]")) return; // shown to be read only
  const store = browserStore(box.dataset.key);
  const state = keeper(form, box, store);
  if ("isSent" in box.dataset) state.put();
  const others = Object.entries(store.all()).filter(([name]) => name !== state.visit);
  for (const [name, kept] of others.sort(([, one], [, other]) => other.at - one.at)) {
    if (isSame(kept, state.shown)) store.drop(name);
    else offer(form, box, store, state, name, kept);
  }
  for (const type of ["input", "change", "focusin", "focusout", "formset:added"]) {
    form.addEventListener(type, state.keep);
  }
  form.addEventListener("click", () => setTimeout(state.keep));
  document.addEventListener("formset:removed", state.keep);
  window.django?.jQuery?.(form).on("change", state.keep); // which is how the fields for speakers and tags tell it
  window.addEventListener("pagehide", state.keep);
  form.addEventListener("submit", state.submit);
}

dropSaved();
dropOld();
// After Django's own scripts, which change lists and add buttons when the page has been loaded.
window.addEventListener("load", () => document.querySelectorAll(".autosave").forEach(start));
// Back on a page that the browser had put aside: what was sent from it did not lead to a page that says it was saved.
window.addEventListener("pageshow", ({ persisted }) => persisted && takeSubmitted());
