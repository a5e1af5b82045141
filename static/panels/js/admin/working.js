// Says that something is being done, if it takes longer than half a second.
const LONG = 500; // milliseconds
let timer = 0;

export function working() {
  const place = document.querySelector("#working");
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = place.dataset.text;
  }, LONG);
}

export function done() {
  clearTimeout(timer);
  document.querySelector("#working").textContent = "";
}

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.target !== "_blank") working();
});
// The browser shows a page again as it was left.
addEventListener("pageshow", done);
