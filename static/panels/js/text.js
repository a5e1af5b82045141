// Beside the text of a session: a breath after the last key it is kept on the server, which answers with an account of
// what it understands; a link in that leads to its line.
const form = document.getElementById("text-form");
const field = form.elements.text;
const account = document.getElementById("account");
const PAUSE = 800; // milliseconds
let pause;
let sent = 0;

async function look() {
  const turn = ++sent;
  try {
    const answer = await fetch(form.dataset.account, { method: "POST", body: new FormData(form) });
    if (turn !== sent) return; // a later one is on its way
    if (answer.ok && !answer.redirected) account.innerHTML = await answer.text();
    else account.textContent = form.dataset.signedOut;
  } catch {
    if (turn === sent) account.textContent = form.dataset.unreachable;
  }
}

field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(look, PAUSE);
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
