// Drag passages by their handles, and drop them above or below another one. Keys and buttons do the same.
import { session } from "./server.js";

export function giveHandle(passage) {
  const tools = passage.querySelector(".tools");
  if (!tools) return;
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.draggable = true;
  handle.textContent = "⠿";
  handle.setAttribute("aria-hidden", "true");
  tools.prepend(handle);
}

// `move` gets the passage's anchor, and that of the passage it is dropped after; none for the top.
export function letDrag(move) {
  let dragged = null;
  const targetOf = (event) => {
    const target = event.target.closest(".passage");
    return dragged && target !== dragged ? target : null;
  };
  const isAbove = (event, { top, height } = targetOf(event).getBoundingClientRect()) => event.clientY < top + height / 2;
  const unmark = () => session.querySelectorAll(".drop, .above").forEach((one) => one.classList.remove("drop", "above"));

  session.addEventListener("dragstart", (event) => {
    const handle = event.target.closest?.(".handle");
    if (!handle) return;
    dragged = handle.closest(".passage");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("dragged");
  });

  session.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    unmark();
    target.classList.add("drop");
    target.classList.toggle("above", isAbove(event));
  });

  session.addEventListener("drop", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    const after = isAbove(event) ? placeBefore(target, dragged) : target;
    if (after !== dragged) move(dragged.dataset.anchor, after?.dataset.anchor ?? "");
  });

  session.addEventListener("dragend", () => {
    unmark();
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}

function placeBefore(target, dragged) {
  let before = target.previousElementSibling;
  while (before && (before === dragged || !before.dataset.anchor)) before = before.previousElementSibling;
  return before;
}
