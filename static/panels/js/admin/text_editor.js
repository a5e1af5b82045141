// Editing a session as text: input is stored in this browser with each key, and after a pause on the server, which
// returns a preview. Links in the preview lead to lines of the text.
import { browserStore } from "./browser_store.js";

const form = document.getElementById("text-form");
const field = form.elements.text;
const account = document.getElementById("account");
const store = browserStore(`panels-text-${form.dataset.event}-${form.dataset.editor}`);
const NAME = "as text";
const PAUSE = 800; // milliseconds
let pause;
let sent = 0;

async function look() {
  const turn = ++sent;
  const text = field.value;
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    const isAccount = answer.ok && !answer.redirected;
    if (isAccount && store.all()[NAME]?.text === text) store.drop(NAME);
    form.elements.kept_at.value = answer.headers.get("X-Kept-At") ?? form.elements.kept_at.value;
    if (turn !== sent) return; // a later one is on its way
    if (isAccount) account.innerHTML = await answer.text();
    else account.textContent = form.dataset.signedOut;
  } catch {
    if (turn === sent) account.textContent = form.dataset.unreachable;
  }
}

// Send input that an earlier window of this browser could not send, with the version that it was made from. The page
// then offers it as unsaved text.
async function bringBack() {
  const kept = store.all()[NAME];
  if (kept === undefined) return;
  if (kept.text === field.value) return store.drop(NAME);
  field.value = kept.text;
  form.elements.version.value = kept.version;
  form.elements.kept_at.value = kept.kept_at ?? "";
  await look();
  if (store.all()[NAME] === undefined) location.reload();
}

field.addEventListener("input", () => {
  store.put(NAME, {
    text: field.value,
    version: form.elements.version.value,
    kept_at: form.elements.kept_at.value,
  });
  clearTimeout(pause);
  pause = setTimeout(look, PAUSE);
});

form.addEventListener("submit", async (event) => {
  clearTimeout(pause);
  if (store.all()[NAME] === undefined) return;
  event.preventDefault();
  await look();
  if (store.all()[NAME] === undefined) form.submit();
});

account.addEventListener("click", (event) => {
  const line = event.target.dataset.line;
  if (!line) return;
  event.preventDefault();
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  field.blur();
  field.setSelectionRange(start, start);
  field.focus(); // which scrolls to where the cursor is
  field.setSelectionRange(start, start + lines[line - 1].length);
});

bringBack();
